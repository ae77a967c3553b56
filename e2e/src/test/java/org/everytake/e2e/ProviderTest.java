package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Cookie;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.everytake.bench.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with a provider of OpenID Connect, both as they run, in a real browser. */
@ExtendWith(World.Resolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderTest {

    private RealProvider provider;
    private Server server;
    private Page page;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        Server.Place free = Server.Place.in(folder);
        provider = RealProvider.start(free.address(), folder.resolve("provider.log"));
        server = Server.start(free.withEnvironment(provider.settings()));
    }

    @BeforeEach
    void openPage(World world) {
        page = world.chromium().page();
        // The provider's pages ask for a typeface elsewhere.
        page.route("https://**", Route::abort);
    }

    @AfterEach
    void closePage() {
        page.context().close();
    }

    @AfterAll
    void close() throws Exception {
        server.close();
        provider.close();
    }

    private String at(String path) {
        return server.address().resolve(path).toString();
    }

    /** From the page that says so to the provider. */
    private void goThere() {
        assertThat(page.getByTestId("oidc-button")).hasText("Sign in with Example House");
        page.getByTestId("oidc-button").click();
        page.waitForURL(Pattern.compile(Pattern.quote(provider.issuer()) + "/interaction/.*"));
    }

    /** What the provider asks of whoever comes the first time. */
    private void signInThere(String name) {
        page.locator("input[name=login]").fill(name);
        page.locator("input[name=password]").fill("whatever");
        page.locator("button[type=submit]").click();
        // Whether this server may know who they are.
        page.locator("form:has(input[value=consent]) button[type=submit]").click();
    }

    private void signOut() {
        page.getByTestId("person-menu").click();
        page.getByTestId("sign-out").click();
        assertThat(page.getByTestId("sign-in")).isVisible();
    }

    @Test
    void whoeverTheProviderKnowsComesInAndComesBackToTheSameAccount() {
        page.navigate(at("/settings?wanted=yes"));
        goThere();
        signInThere("Ben");

        // They wanted this page, and are on it.
        assertThat(page.getByTestId("settings-name")).hasValue("Ben");
        assertThat(page).hasURL(at("/settings?wanted=yes"));
        page.getByTestId("settings-name").fill("Benjamin");
        page.waitForResponse(
                answer -> answer.request().method().equals("PATCH"),
                () -> page.getByTestId("settings-name").press("Enter"));
        page.reload();
        assertThat(page.getByTestId("settings-name")).hasValue("Benjamin");
        signOut();

        // The provider knows the browser, and asks nothing.
        page.navigate(at("/settings"));
        assertThat(page.getByTestId("oidc-button")).isVisible();
        page.getByTestId("oidc-button").click();
        assertThat(page.getByTestId("settings-name")).hasValue("Benjamin");
    }

    @Test
    void whoSaysNoThereIsToldSoAndMayTryAgain() {
        page.navigate(at("/recordings"));
        goThere();
        page.locator("a[href$='/abort']").click();

        assertThat(page.getByTestId("sign-in-problem")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/sign-in\\?problem=oidc-refused&then=%2Frecordings"));
        goThere();
        signInThere("Cleo");
        assertThat(page).hasURL(at("/recordings"));
        assertThat(page.getByTestId("person-menu")).isVisible();
    }

    @Test
    void aForgedStateAndACodeThatWasUsedOpenNothing() {
        page.navigate(at("/api/v1/sign-in/oidc/return?code=stolen&state=forged"));
        problem("oidc-stale", "took too long");
        goThere();
        page.navigate(at("/api/v1/sign-in/oidc/return?code=stolen&state=forged"));
        problem("oidc-stale", "took too long");

        // All that a browser had when it came back is used once more.
        goThere();
        List<Cookie> cookies = page.context().cookies();
        Request back = page.waitForRequest(
                request -> request.url().startsWith(at("/api/v1/sign-in/oidc/return")), () -> signInThere("Dora"));
        assertThat(page.getByTestId("person-menu")).isVisible();
        signOut();
        BrowserContext context = page.context();
        assertThat(cookies).anyMatch(cookie -> cookie.name.equals("everytake-oidc"));
        context.clearCookies();
        context.addCookies(cookies.stream()
                .filter(cookie -> cookie.name.equals("everytake-oidc"))
                .map(cookie -> new Cookie(cookie.name, cookie.value)
                        .setUrl(server.address().toString()))
                .toList());
        page.navigate(back.url());
        problem("oidc-invalid", "could not be trusted");
        assertThat(URI.create(page.url()).getPath()).isEqualTo("/sign-in");
        page.navigate(at("/settings"));
        assertThat(page.getByTestId("sign-in")).isVisible();
    }

    private void problem(String problem, String words) {
        assertThat(page.getByTestId("sign-in-problem")).containsText(words);
        assertThat(page).hasURL(Pattern.compile(".*/sign-in\\?problem=" + problem + ".*"));
    }
}
