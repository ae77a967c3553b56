package org.everytake.e2e.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.everytake.bench.server.Api;

/**
 * One headless Firefox with one page, spoken to by WebDriver BiDi, in a profile of its own. Only what the room needs is
 * here. Belongs to one thread.
 */
public final class Firefox implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("firefox-esr", "firefox");
    private static final Pattern LISTENING = Pattern.compile("WebDriver BiDi listening on (ws://\\S+)");

    /** No sound card is needed, pages may play at once, and nothing is asked of its maker. */
    private static final String PREFERENCES = """
            user_pref("media.cubeb.force_mock_context", true);
            user_pref("media.autoplay.default", 0);
            user_pref("media.autoplay.block-webaudio", false);
            user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
            user_pref("media.gmp-manager.updateEnabled", false);
            user_pref("app.update.enabled", false);
            user_pref("app.normandy.enabled", false);
            user_pref("browser.safebrowsing.downloads.remote.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("dom.push.connection.enabled", false);
            user_pref("extensions.update.enabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
            user_pref("toolkit.telemetry.server", "");
            """;

    private final Process process;
    private final Path profile;
    private final BiDi bidi;
    private final String page;
    private final String version;

    private Firefox(Process process, Path profile, BiDi bidi) throws IOException, InterruptedException {
        this.process = process;
        this.profile = profile;
        this.bidi = bidi;
        this.version = bidi.ask("session.new", Map.of("capabilities", Map.of()))
                .path("capabilities")
                .path("browserVersion")
                .asText();
        this.page = bidi.ask("browsingContext.getTree", Map.of())
                .path("contexts")
                .path(0)
                .path("context")
                .asText();
    }

    /**
     * Starts it; fails with one sentence when there is none on this machine.
     *
     * @param before scripts that run in each page before the page's own
     */
    public static Firefox open(List<String> before) throws IOException, InterruptedException {
        Path program = find().orElseThrow(() -> new IOException("Firefox is needed and was not found. Install it with "
                + "\"apt install firefox-esr\", or name it in the environment's EVERYTAKE_FIREFOX."));
        Path profile = Files.createTempDirectory("everytake-firefox");
        Files.writeString(profile.resolve("user.js"), PREFERENCES);
        Path said = profile.resolve("said.log");
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-remote",
                        "--profile",
                        profile.toString(),
                        "--remote-debugging-port",
                        "0",
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("HOME", profile.toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
        try {
            Firefox firefox = new Firefox(process, profile, BiDi.connect(address(process, said)));
            for (String script : before) {
                firefox.bidi.ask("script.addPreloadScript", Map.of("functionDeclaration", "() => { " + script + " }"));
            }
            return firefox;
        } catch (IOException | RuntimeException | InterruptedException failed) {
            end(process);
            throw failed;
        }
    }

    /** The environment's EVERYTAKE_FIREFOX, else the first on the PATH. */
    private static Optional<Path> find() {
        String configured = System.getenv("EVERYTAKE_FIREFOX");
        if (configured != null && !configured.isBlank()) {
            return Optional.of(Path.of(configured)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** It says where it listens once it does. */
    private static URI address(Process process, Path said) throws IOException, InterruptedException {
        long from = System.nanoTime();
        while (System.nanoTime() - from < TimeUnit.MILLISECONDS.toNanos(2L * Chromium.PATIENCE_MILLIS)) {
            Matcher listening = LISTENING.matcher(Files.readString(said, StandardCharsets.ISO_8859_1));
            if (listening.find()) {
                return URI.create(listening.group(1) + "/session");
            }
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("Firefox did not start: " + Files.readString(said, StandardCharsets.ISO_8859_1));
    }

    /** Name and version. */
    public String version() {
        return "Firefox " + version;
    }

    /** As the admin of a server. */
    public void signIn(Api admin) throws IOException, InterruptedException {
        String[] cookie = admin.credentials().cookie().split("=", 2);
        bidi.ask(
                "storage.setCookie",
                Map.of(
                        "cookie",
                        Map.of(
                                "name",
                                cookie[0],
                                "value",
                                Map.of("type", "string", "value", cookie[1]),
                                "domain",
                                admin.server().getHost(),
                                "httpOnly",
                                true)));
    }

    public void navigate(URI address) throws IOException, InterruptedException {
        bidi.ask("browsingContext.navigate", Map.of("context", page, "url", address.toString(), "wait", "interactive"));
    }

    /**
     * Runs a function of the page, and waits for what it promises.
     *
     * @param arguments texts and numbers
     * @return what it returns, of the kinds that JSON has
     */
    public JsonNode call(String function, Object... arguments) throws IOException, InterruptedException {
        List<Map<String, Object>> values = new ArrayList<>();
        for (Object argument : arguments) {
            values.add(Map.of("type", argument instanceof Number ? "number" : "string", "value", argument));
        }
        JsonNode answer = bidi.ask(
                "script.callFunction",
                Map.of(
                        "functionDeclaration",
                        function,
                        "arguments",
                        values,
                        "awaitPromise",
                        true,
                        "userActivation",
                        true,
                        "target",
                        Map.of("context", page)));
        if (answer.path("type").asText().equals("exception")) {
            throw new IOException("The page fails: "
                    + answer.path("exceptionDetails").path("text").asText());
        }
        return answer.path("result").path("value");
    }

    /** Returns once a function of the page says true. */
    public void waitFor(String function, Object... arguments) throws IOException, InterruptedException {
        JsonNode came = call("""
                async (...all) => {
                  const until = performance.now() + %d;
                  while (performance.now() < until) {
                    if (await (%s)(...all)) return true;
                    await new Promise((resolve) => setTimeout(resolve, 100));
                  }
                  return false;
                }""".formatted(Chromium.PATIENCE_MILLIS, function), arguments);
        if (!came.asBoolean()) {
            throw new IOException("It does not come about in Firefox: " + function);
        }
    }

    /** Presses what has this test id once it can be pressed. */
    public void press(String testId) throws IOException, InterruptedException {
        waitFor("""
                (id) => {
                  const button = document.querySelector(`[data-testid=${id}]:enabled`);
                  button?.click();
                  return Boolean(button);
                }""", testId);
    }

    /** Writes into the field of this test id, as if it were typed. */
    public void fill(String testId, String text) throws IOException, InterruptedException {
        waitFor("""
                (id, text) => {
                  const field = document.querySelector(`[data-testid=${id}]`);
                  if (!field) return false;
                  field.value = text;
                  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
                  return true;
                }""", testId, text);
    }

    @Override
    public void close() throws IOException {
        bidi.close();
        end(process);
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(profile)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /** With the processes that it started for its pages. */
    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process)
                .join();
    }
}
