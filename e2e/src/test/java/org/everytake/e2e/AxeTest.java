package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every page, for everybody: read by axe in light and dark, at the widths of a phone, a tablet and a desktop. */
@ExtendWith(World.Resolver.class)
class AxeTest {

    private static final TestCard ANNA = TestCard.browser(0);

    @Test
    void pagesOfGuests(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Open to everybody");
        String welcome = world.api()
                .post("members/invitations", null, Map.of("email", "axe@example.org", "role", "member"))
                .orFail()
                .path("link")
                .asText();
        Axe axe = Axe.read();
        List<String> complaints = new ArrayList<>();
        try (Page page = world.chromium().page(Devices.both(ANNA))) {
            look(axe, page, at(world, "/sign-in"), "sign-in-button", complaints);
            look(axe, page, welcome, "welcome-button", complaints);
            look(axe, page, at(world, "/welcome#used"), "lost", complaints);
            look(axe, page, session.link().toString(), "join-button", complaints);
            look(axe, page, at(world, "/nowhere"), "lost", complaints);
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void pagesOfMembers(World world) throws Exception {
        RecordedCall call = world.recordedCall();
        String recording = "/recordings/" + call.recording().path("id").asText();
        String session = "/sessions/" + call.recording().path("session").asText();
        Axe axe = Axe.read();
        List<String> complaints = new ArrayList<>();
        try (Page page = world.chromium().page(world.api())) {
            look(axe, page, at(world, "/"), "session-row", complaints);
            page.getByTestId("person-menu").click();
            complaints.addAll(axe.complaints(page, "the person's menu"));
            look(axe, page, at(world, "/sessions/new"), "session-save", complaints);
            look(axe, page, at(world, session), "invitation-link", complaints);
            page.getByTestId("invitation-revoke").click();
            complaints.addAll(axe.complaints(page, "revoking an invitation"));
            look(axe, page, at(world, "/recordings"), "recording-row", complaints);
            look(axe, page, at(world, "/recordings?q=nothing-is-called-so"), "empty", complaints);
            look(axe, page, at(world, recording), "player", complaints);
            page.getByTestId("make-file").click();
            page.getByTestId("layout-picture").waitFor();
            complaints.addAll(axe.complaints(page, "making another file"));
            look(axe, page, at(world, "/settings"), "key-row", complaints);
            page.getByTestId("key-new").click();
            complaints.addAll(axe.complaints(page, "making a key"));
            look(axe, page, at(world, "/institution/members"), "member-row", complaints);
            look(axe, page, at(world, "/institution/storage"), "due-row", complaints);
            look(axe, page, at(world, "/institution/store"), "store-save", complaints);
            look(axe, page, at(world, "/institution/layouts"), "layout-picture", complaints);
            look(axe, page, at(world, "/institution/keys"), "any-key-row", complaints);
            look(axe, page, at(world, "/institution/audit"), "audit-row", complaints);
            look(axe, page, at(world, "/health"), "health", complaints);
            look(axe, page, at(world, "/organisations"), "organisation-row", complaints);
            page.getByTestId("organisation-new").click();
            page.getByTestId("organisation-name").waitFor();
            complaints.addAll(axe.complaints(page, "making an organisation"));
            page.keyboard().press("Escape");
            page.getByTestId("organisation-plan").first().click();
            page.getByTestId("plan-dialog").waitFor();
            complaints.addAll(axe.complaints(page, "a plan"));
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void theRoom(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Seen by axe");
        Axe axe = Axe.read();
        try (RoomPage host = world.joinAsHost(session, Devices.withoutCamera(ANNA))) {
            List<String> complaints = new ArrayList<>(axe.complaints(host.page(), "the room"));
            host.by("record-button").click();
            complaints.addAll(axe.complaints(host.page(), "naming a recording"));
            host.page().keyboard().press("Escape");
            host.by("share-button").click();
            try (RoomPage ben = world.join(session, Devices.withoutCamera(TestCard.browser(1)))) {
                ben.by("screen-pane").waitFor();
                complaints.addAll(axe.complaints(ben.page(), "a room with a screen"));
                complaints.addAll(axe.complaints(host.page(), "sharing a screen"));
            }
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void wordsOfAnotherLanguageHaveTheirPlaceToo(World world) throws Exception {
        RecordedCall call = world.recordedCall();
        World.Session session = world.session("Gezien op een telefoon");
        List<String> complaints = new ArrayList<>();
        try (Page page = world.chromium().page(world.api())) {
            page.context()
                    .addInitScript(
                            "try { localStorage.setItem('everytake.language', 'nl') } catch { /* about:blank */ }");
            for (String path : List.of(
                    "/",
                    "/sessions/new",
                    "/sessions/" + call.recording().path("session").asText(),
                    "/recordings",
                    "/recordings/" + call.recording().path("id").asText(),
                    "/settings",
                    "/institution/members",
                    "/institution/storage",
                    "/institution/store",
                    "/institution/layouts",
                    "/institution/keys",
                    "/institution/audit",
                    "/organisations",
                    "/health")) {
                page.navigate("about:blank");
                page.navigate(at(world, path));
                page.locator("main h1").first().waitFor();
                page.waitForLoadState(LoadState.NETWORKIDLE);
                complaints.addAll(Axe.measures(page, path));
            }
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("nl");
        }
        try (RoomPage host =
                RoomPage.openAsHost(world.chromium(), world.api(), Devices.withoutCamera(ANNA), session.link())) {
            host.page().evaluate("localStorage.setItem('everytake.language', 'nl')");
            host.page().reload();
            host.join();
            host.pane(host.name()).waitFor();
            host.by("record-button").waitFor();
            complaints.addAll(Axe.measures(host.page(), "the room"));
        }
        assertThat(complaints).isEmpty();
    }

    private static String at(World world, String path) {
        return world.server().address().resolve(path).toString();
    }

    private static void look(Axe axe, Page page, String address, String shown, List<String> complaints) {
        page.navigate("about:blank");
        page.navigate(address);
        page.getByTestId(shown).first().waitFor();
        complaints.addAll(axe.complaints(page, address));
    }
}
