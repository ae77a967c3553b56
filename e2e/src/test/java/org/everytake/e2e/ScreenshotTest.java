package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Walks through everything that people see and takes pictures of it, when asked to: the system property names the folder
 * for them.
 */
@ExtendWith(World.Resolver.class)
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "Pictures are taken when asked for.")
class ScreenshotTest {

    private static final List<Devices> PEOPLE = IntStream.range(0, 3)
            .mapToObj(TestCard::browser)
            .map(Devices::portrait)
            .toList();

    @Test
    void picturesOfEverything(World world) throws Exception {
        Album album = Album.in(Path.of(System.getProperty("screenshots", "images")));
        try (Page page = world.chromium().page(world.api())) {
            look(page, at(world, "/"), "empty", album, "sessions-empty");
            look(page, at(world, "/recordings"), "empty", album, "recordings-empty");
        }
        String recording = callOfThree(world, album);
        bothSides(world, album);
        invitations(world);
        pagesOfGuests(world, album);
        pagesOfMembers(world, album, recording);
    }

    /** Returns the recording, ready. */
    private static String callOfThree(World world, Album album) throws Exception {
        World.Session session = world.session("Weekly review");
        List<RoomPage> rooms = new ArrayList<>();
        try (var network = new Detour(world.api())) {
            RoomPage host = RoomPage.openAsHost(world.chromium(), world.api(), PEOPLE.getFirst(), session.link());
            assertThat(host.page().locator("[data-testid=preview] video")).isVisible();
            host.by("join-name").fill(host.name());
            album.add(host.page(), "join");
            rooms.add(host.join());
            assertThat(host.pane(host.name())).isVisible();
            album.add(host.page(), "room-alone");
            rooms.add(world.joinOver(network, session, PEOPLE.get(1)));
            rooms.add(world.join(session, PEOPLE.getLast()));
            host.waitForOthers(2);
            host.by("record-button").click();
            album.add(host.page(), "room-naming");
            host.page().keyboard().press("Escape");
            host.record();
            host.pass(8, second -> true);
            album.add(host.page(), "room");
            network.losePercent(25);
            RoomPage weak = rooms.get(1);
            assertThat(weak.by("weak-network")).not().isEmpty();
            album.add(weak.page(), "room-weak");
            weak.page().evaluate("() => { document.documentElement.dataset.scheme = 'light'; }");
            album.add(weak.page(), "room-in-light");
            network.losePercent(0);
            RoomPage sharing = rooms.getLast();
            sharing.by("share-button").click();
            assertThat(sharing.by("sharing")).isVisible();
            host.page()
                    .waitForFunction("() => document.querySelector('[data-testid=screen-pane] video')?.videoWidth > 0");
            album.add(host.page(), "room-shared");
            album.add(sharing.page(), "room-sharing");
            sharing.by("share-stop").click();
            rooms.getLast().page().setViewportSize(390, 844);
            host.stop();
            host.waitUntilStopped();
            album.add(host.page(), "room-stopped");
        } finally {
            rooms.forEach(RoomPage::close);
        }
        String recording = world.api().newestRecording(session.id()).path("id").asText();
        RecordedCall.awaitReady(world.api(), recording);
        return recording;
    }

    /** A call of two, each of whom is played from what they sent. */
    private static void bothSides(World world, Album album) throws Exception {
        World.Session session = world.session("Interview");
        try (RoomPage host = world.joinAsHost(session, PEOPLE.getFirst());
                RoomPage guest = world.join(session, PEOPLE.getLast())) {
            host.waitForOthers(1);
            guest.waitForOthers(1);
            host.record();
            host.pass(6, second -> true);
            host.stop();
            host.waitUntilStopped();
        }
        String recording = world.api().newestRecording(session.id()).path("id").asText();
        RecordedCall.awaitReady(world.api(), recording);
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(at(world, "/recordings/" + recording));
            page.getByTestId("view-sides").click();
            page.waitForFunction(
                    "() => [...document.querySelectorAll('[data-testid=side]')].every((side) => side.duration > 5)");
            page.getByTestId("sides-place").fill("3");
            page.waitForFunction("() => [...document.querySelectorAll('[data-testid=side]')]"
                    + ".every((side) => !side.seeking && side.readyState >= 2 && side.currentTime > 2)");
            album.add(page, "recording-sides");
        }
    }

    /** What stands in lists beside it. */
    private static void invitations(World world) throws IOException, InterruptedException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<String> titles = List.of("Interview with Maria Oliveira", "Lecture 7: Harbours", "Board meeting");
        for (int i = 0; i < titles.size(); i++) {
            world.api()
                    .post(
                            "sessions",
                            null,
                            Map.of(
                                    "title",
                                    titles.get(i),
                                    "startsAt",
                                    today.plusDays(i + 1) + "T14:30:00Z",
                                    "timeZone",
                                    "Europe/Amsterdam"))
                    .orFail();
        }
        for (String person : List.of("ben@example.org", "clara@example.org")) {
            world.api()
                    .post("members/invitations", null, Map.of("email", person, "role", "member"))
                    .orFail();
        }
    }

    private static void pagesOfGuests(World world, Album album) throws IOException, InterruptedException {
        String welcome = world.api()
                .post("members/invitations", null, Map.of("email", "dora@example.org", "role", "manager"))
                .orFail()
                .path("link")
                .asText();
        try (Page page = world.chromium().page()) {
            look(page, at(world, "/sign-in"), "sign-in-button", album, "sign-in");
            look(page, welcome, "welcome-button", album, "welcome");
            look(page, at(world, "/nowhere"), "lost", album, "lost");
        }
    }

    private static void pagesOfMembers(World world, Album album, String recording) throws Exception {
        String session = world.api().recording(recording).path("session").asText();
        try (Page page = world.chromium().page(world.api())) {
            look(page, at(world, "/"), "session-row", album, "sessions");
            page.getByTestId("person-menu").click();
            album.add(page, "person-menu");
            look(page, at(world, "/sessions/new"), "session-save", album, "session-new");
            look(page, at(world, "/sessions/" + session), "invitation-link", album, "session");
            look(page, at(world, "/recordings"), "recording-row", album, "recordings");
            look(page, at(world, "/recordings?q=nothing-is-called-so"), "empty", album, "recordings-none");
            look(page, at(world, "/settings"), "key-row", album, "settings");
            page.getByTestId("key-new").click();
            album.add(page, "key-new");
            look(page, at(world, "/institution/members"), "member-row", album, "members");
            look(page, at(world, "/institution/storage"), "due-row", album, "storage");
            look(page, at(world, "/institution/keys"), "any-key-row", album, "keys");
            look(page, at(world, "/institution/audit"), "audit-row", album, "audit");
            look(page, at(world, "/organisations"), "organisation-row", album, "organisations");
            page.getByTestId("organisation-plan").first().click();
            page.getByTestId("plan-dialog").waitFor();
            album.add(page, "plan");
            look(page, at(world, "/health"), "health", album, "health");
            page.navigate(at(world, "/recordings/" + recording));
            page.getByTestId("player")
                    .evaluate("video => { video.muted = true; video.currentTime = 5; return video.play(); }");
            page.waitForFunction("""
                    () => {
                      const video = document.querySelector('[data-testid=player]');
                      return video.currentTime > 7 && !video.seeking && video.readyState >= 3;
                    }""");
            page.getByTestId("player").evaluate("video => video.pause()");
            album.add(page, "recording");
            page.getByTestId("make-file").click();
            page.getByTestId("make-file-layout").selectOption("filmstrip");
            page.getByTestId("layout-picture").waitFor();
            album.add(page, "make-file");
        }
    }

    private static void look(Page page, String address, String shown, Album album, String name) {
        page.navigate("about:blank");
        page.navigate(address);
        page.getByTestId(shown).first().waitFor();
        album.add(page, name);
    }

    private static String at(World world, String path) {
        return world.server().address().resolve(path).toString();
    }
}
