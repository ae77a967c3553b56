package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Await;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How members come in, set up a session and let others in, by the pages alone. */
@ExtendWith(World.Resolver.class)
class FrontDoorTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);
    private static final String PASSWORD = "long enough to be safe";

    @Test
    void LIB_1_anInvitedMemberSetsUpASessionByKeyboardAlone(World world) throws IOException, InterruptedException {
        String welcome = invite(world, "clara@example.org");
        try (Page page = world.chromium().page(Devices.both(ANNA))) {
            page.navigate(welcome);
            page.getByTestId("welcome-name").focus();
            page.keyboard().type("Clara");
            page.keyboard().press("Tab");
            page.keyboard().type(PASSWORD);
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("empty")).isVisible();
            assertThat(page.getByTestId("recorded-sessions")).isHidden();
            assertThat(page.getByTestId("menu-institution")).isHidden();

            page.getByTestId("new-session-button").focus();
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("new-session-title")).isFocused();
            page.keyboard().type("By keys alone");
            page.getByTestId("when-now").focus();
            page.keyboard().press("ArrowDown");
            assertThat(page.getByTestId("when-time")).isVisible();
            page.getByTestId("session-save").focus();
            page.keyboard().press("Enter");

            assertThat(page.getByTestId("session-title")).hasText("By keys alone");
            page.getByTestId("invitation-revoke").focus();
            page.keyboard().press("Enter");
            page.getByTestId("invitation-revoke-confirm").waitFor();
            page.keyboard().press("Escape");
            assertThat(page.getByTestId("invitation-link")).isVisible();
            assertThat(page.getByTestId("invitation-revoke")).isFocused();
            page.getByTestId("session-join").focus();
            page.keyboard().press("Enter");
            assertThat(page.getByTestId("join-name")).hasValue("Clara");
            page.getByTestId("join-name").press("Enter");
            assertThat(page.getByTestId("record-button")).isVisible();
        }
    }

    @Test
    void CAP_4_attendeesHaveNoRecordButtonAndARevokedLinkLetsNobodyIn(World world)
            throws IOException, InterruptedException {
        World.Session session = world.session("Who may record");
        try (RoomPage host = world.joinAsHost(session, Devices.both(ANNA));
                RoomPage guest = RoomPage.open(world.chromium(), Devices.both(BEN), session.link())) {
            assertThat(guest.by("join-host")).containsText("Admin");
            guest.join();
            host.waitForOthers(1);
            assertThat(guest.by("record-button")).isHidden();
            host.record();
            assertThat(guest.by("rec-indicator")).isVisible();
            assertThat(guest.by("stop-button")).isHidden();
            host.stop();
            host.waitUntilStopped();
        }
        Page page = world.chromium().page(world.api());
        try (RoomPage late = RoomPage.open(world.chromium(), Devices.both(BEN), URI.create("about:blank"))) {
            page.navigate(world.server()
                    .address()
                    .resolve("/sessions/" + session.id())
                    .toString());
            page.getByTestId("invitation-revoke").click();
            page.getByTestId("invitation-revoke-confirm").click();
            assertThat(page.getByTestId("invitation-revoked")).isVisible();
            late.page().navigate(session.link().toString());
            assertThat(late.by("lost")).containsText("no session");
        } finally {
            page.context().close();
        }
    }

    @Test
    void NOT_1_whatBecomesOfARecordingIsToldInTheRoomAndOnAnyPage(World world)
            throws IOException, InterruptedException {
        World.Session session = world.session("Told to whom");
        try (Page elsewhere = world.chromium().page(world.api());
                RoomPage host = world.joinAsHost(session, Devices.both(ANNA));
                RoomPage guest = world.join(session, Devices.both(BEN))) {
            elsewhere.navigate(world.server().address().resolve("/settings").toString());
            assertThat(elsewhere.getByTestId("settings-name")).isVisible();
            host.waitForOthers(1);
            // Toasts go after a while, so each is noted when it comes.
            for (Page page : List.of(elsewhere, host.page(), guest.page())) {
                page.evaluate(NOTING);
            }
            host.record();
            waitForNews(guest.page(), "has started recording.");
            waitForNews(host.page(), "has started recording.");
            host.stop();
            waitForNews(guest.page(), "Recording has stopped.");
            waitForNews(host.page(), "“Told to whom” is kept");
            waitForNews(host.page(), "“Told to whom” is ready.");
            waitForNews(elsewhere, "“Told to whom” is ready.");
            Locator ready = elsewhere
                    .getByTestId("toast")
                    .filter(new Locator.FilterOptions().setHasText("“Told to whom” is ready."));
            assertThat(ready.locator("xpath=..")).hasAttribute("aria-live", "polite");
            ready.getByTestId("toast-recording").click();
            assertThat(elsewhere.getByTestId("recording-title")).hasText("Told to whom");
        }
    }

    private static final String NOTING = """
            () => {
              window.told = [];
              const note = () => document.querySelectorAll('[data-testid=toast]').forEach((toast) => {
                if (!window.told.includes(toast.innerText)) window.told.push(toast.innerText);
              });
              new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
              note();
            }""";

    private static void waitForNews(Page page, String text) {
        page.waitForFunction(
                "(text) => window.told.some((one) => one.includes(text))",
                text,
                new Page.WaitForFunctionOptions().setTimeout(180_000));
    }

    @Test
    void signingInAndOutSaysWhatIsWrongAndLeadsBack(World world)
            throws IOException, InterruptedException, TimeoutException {
        String welcome = invite(world, "dora@example.org");
        try (Page page = world.chromium().page()) {
            page.navigate(welcome);
            page.getByTestId("welcome-name").fill("Dora");
            page.getByTestId("welcome-password").fill("short");
            page.getByTestId("welcome-button").click();
            assertThat(page.getByTestId("welcome-trouble")).containsText("10 characters");
            page.getByTestId("welcome-password").fill(PASSWORD);
            page.getByTestId("welcome-button").click();
            page.getByTestId("person-menu").click();
            page.getByTestId("sign-out").click();
            assertThat(page.getByTestId("sign-in")).isVisible();

            page.navigate(welcome.replaceFirst("#.*", "") + "?again" + welcome.replaceFirst("[^#]*", ""));
            assertThat(page.getByTestId("lost")).containsText("no longer works");

            page.navigate(world.server().address().resolve("/settings").toString());
            page.getByTestId("sign-in-email").fill("dora@example.org");
            page.getByTestId("sign-in-password").fill("not her password");
            page.getByTestId("sign-in-button").click();
            assertThat(page.getByTestId("sign-in-trouble")).isVisible();
            signIn(page);
            assertThat(page.getByTestId("settings-name")).hasValue("Dora");
        }
    }

    @Test
    void whoRunsTheServerMakesAnOrganisationAndInvitesItsFirstAdmin(World world) {
        try (Page page = world.chromium().page(world.api());
                Page guest = world.chromium().page()) {
            page.navigate(world.server().address().toString());
            page.getByTestId("person-menu").click();
            page.getByTestId("menu-organisations").click();
            page.getByTestId("organisation-new").click();
            page.getByTestId("organisation-make").click();
            assertThat(page.getByTestId("organisation-dialog")).containsText("Give a name");
            page.getByTestId("organisation-name").fill("Music school");
            page.getByTestId("organisation-admin").fill("flora@example.org");
            page.getByTestId("organisation-make").click();
            String link = page.getByTestId("secret-value").inputValue();
            page.getByTestId("secret-done").click();
            assertThat(page.locator(
                                    "[data-testid=organisation-row]",
                                    new Page.LocatorOptions().setHasText("Music school"))
                            .getByTestId("organisation-visit"))
                    .isVisible();

            guest.navigate(link);
            assertThat(guest.getByTestId("welcome")).containsText("Join Music school");
            guest.getByTestId("welcome-name").fill("Flora");
            guest.getByTestId("welcome-password").fill(PASSWORD);
            guest.getByTestId("welcome-button").click();
            guest.getByTestId("menu-institution").click();
            assertThat(guest.getByTestId("member-invite")).isVisible();
            guest.getByTestId("tab-audit").click();
            assertThat(guest.getByTestId("audit-row").filter(new Locator.FilterOptions().setHasText("Became a member")))
                    .isVisible();
        }
    }

    @Test
    void anAdminSignsAMemberOutAndRevokesTheirKey(World world) throws IOException, InterruptedException {
        String welcome = invite(world, "emil@example.org");
        try (Page emil = world.chromium().page();
                Page admin = world.chromium().page(world.api())) {
            emil.navigate(welcome);
            emil.getByTestId("welcome-name").fill("Emil");
            emil.getByTestId("welcome-password").fill(PASSWORD);
            emil.getByTestId("welcome-button").click();
            assertThat(emil.getByTestId("person-menu")).isVisible();
            emil.navigate(world.server().address().resolve("/settings").toString());
            emil.getByTestId("key-new").click();
            emil.getByTestId("key-name").fill("Emil's program");
            emil.getByTestId("key-make").click();
            assertThat(emil.getByText("Your new key")).isVisible();

            admin.navigate(world.server().address().resolve("/institution/keys").toString());
            Locator key =
                    admin.getByTestId("any-key-row").filter(new Locator.FilterOptions().setHasText("Emil's program"));
            assertThat(key).containsText("Emil");
            key.getByTestId("any-key-revoke").click();
            admin.getByTestId("key-revoke-confirm").click();
            assertThat(key).hasCount(0);

            admin.navigate(
                    world.server().address().resolve("/institution/members").toString());
            Locator row = admin.getByTestId("member-row").filter(new Locator.FilterOptions().setHasText("Emil"));
            row.getByTestId("member-sign-out").click();
            admin.getByTestId("member-sign-out-confirm").click();
            assertThat(row.getByTestId("member-sign-out")).hasCount(0);
            emil.reload();
            assertThat(emil.getByTestId("sign-in")).isVisible();
        }
    }

    @Test
    void thePagesSpeakTheChosenLanguageAndKeepIt(World world) throws IOException, InterruptedException {
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server().address().resolve("/settings").toString());
            page.getByTestId("settings-language").selectOption("nl");
            page.getByTestId("settings-scheme").selectOption("dark");
            Locator heading = page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
            assertThat(heading).hasText("Instellingen");
            page.reload();
            assertThat(heading).hasText("Instellingen");
            Locator root = page.locator("html");
            assertThat(root).hasAttribute("lang", "nl");
            assertThat(root).hasAttribute("data-scheme", "dark");
        }
    }

    @Test
    void LIB_2_searchStandsInTheAddress(World world) throws Exception {
        RecordedCall call = world.recordedCall();
        String title = call.recording().path("title").asText();
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server().address().resolve("/recordings").toString());
            page.getByTestId("recordings-search").fill("nothing-is-called-so");
            assertThat(page.getByTestId("empty")).isVisible();
            page.getByTestId("recordings-search").fill(title);
            assertThat(page.getByTestId("recording-row").first()).containsText(title);
            assertThat(page).hasURL(Pattern.compile(".*[?&]q=.*"));
            page.reload();
            assertThat(page.getByTestId("recordings-search")).hasValue(title);
            assertThat(page.getByTestId("recording-row").first()).containsText(title);
        }
    }

    /** Tries again for as long as wrong passwords make everybody wait, which is not long after one. */
    private static void signIn(Page page) throws IOException, InterruptedException, TimeoutException {
        page.getByTestId("sign-in-password").fill(PASSWORD);
        // Looked at and pressed at once: a moment later the button may be gone, because it has done its work.
        Await.until("she is signed in", Duration.ofSeconds(60), () -> (Boolean) page.evaluate("""
                () => {
                  const button = document.querySelector('[data-testid=sign-in-button]');
                  if (button && !button.disabled) button.click();
                  return document.querySelector('[data-testid=settings-name]') !== null;
                }"""));
    }

    private static String invite(World world, String email) throws IOException, InterruptedException {
        return world.api()
                .post("members/invitations", null, Map.of("email", email, "role", "member"))
                .orFail()
                .path("link")
                .asText();
    }
}
