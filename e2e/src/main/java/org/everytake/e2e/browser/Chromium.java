package org.everytake.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.everytake.bench.server.Api;

/**
 * One headless Chromium, in which each participant has a context of their own: cookies, storage, devices.
 * Playwright's objects belong to the thread that opened this one.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--autoplay-policy=no-user-gesture-required",
            "--allow-loopback-in-peer-connection",
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding");

    /** How long anything may take to come about: machines may be slow, and have other work. */
    public static final int PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it; fails with one sentence when there is none on this machine. */
    public static Chromium open() throws IOException {
        Path program = find().orElseThrow(() -> new IOException("Chromium is needed and was not found. Install it with "
                + "\"apt install chromium\", or name it in the environment's EVERYTAKE_CHROMIUM."));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(program)
                                    .setChromiumSandbox(false)
                                    .setHeadless(true)
                                    .setArgs(FLAGS)));
        } catch (RuntimeException failed) {
            playwright.close();
            throw failed;
        }
    }

    /** The browser's program: the environment's EVERYTAKE_CHROMIUM, else the first on the PATH. */
    static Optional<Path> find() {
        String configured = System.getenv("EVERYTAKE_CHROMIUM");
        if (configured != null && !configured.isBlank()) {
            return Optional.of(Path.of(configured)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A guest's page with these devices, in a context of its own; close the page's context when done. */
    public Page page(Devices devices) {
        return withDevices(context(), devices);
    }

    /** The same of the admin, who is signed in. */
    public Page page(Devices devices, Api admin) {
        return withDevices(signedIn(context(), admin), devices);
    }

    private static Page withDevices(BrowserContext context, Devices devices) {
        context.addInitScript(devices.initScript());
        context.addInitScript(RoomScripts.KEEP_CONNECTIONS);
        context.addInitScript(RoomScripts.SEND_ONLY_WANTED_CODEC);
        return context.newPage();
    }

    /** A page of somebody who only looks, in a context of its own. */
    public Page page() {
        return context().newPage();
    }

    /** The same of the admin, who is signed in. */
    public Page page(Api admin) {
        return signedIn(context(), admin).newPage();
    }

    private BrowserContext context() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setIgnoreHTTPSErrors(true)
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return context;
    }

    private static BrowserContext signedIn(BrowserContext context, Api admin) {
        String[] cookie = admin.credentials().cookie().split("=", 2);
        context.addCookies(List.of(new Cookie(cookie[0], cookie[1])
                .setUrl(admin.server().toString())
                .setHttpOnly(true)));
        return context;
    }

    /** Name and version, as the report says them. */
    public String version() {
        return "Chromium " + browser.version();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
