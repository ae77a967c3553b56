package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Takes the pictures of the documentation, when asked to: the system property names the folder for them. */
@ExtendWith(World.Resolver.class)
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "Pictures are taken when asked for.")
class ScreenshotTest {

    private final Path images = Path.of(System.getProperty("screenshots", "images"));

    @Test
    void picturesOfDoorRoomListAndPlayer(World world) throws Exception {
        Files.createDirectories(images);
        List<Devices> people = IntStream.range(0, 3)
                .mapToObj(TestCard::browser)
                .map(Devices::portrait)
                .toList();
        World.Session session = world.session("Weekly review");
        List<RoomPage> rooms = new ArrayList<>();
        try {
            RoomPage host = RoomPage.openAsHost(world.chromium(), world.api(), people.getFirst(), session.link());
            assertThat(host.page().locator("[data-testid=preview] video")).isVisible();
            host.by("join-name").fill(host.name());
            shoot(host.page(), "join.png");
            rooms.add(host.join());
            people.stream().skip(1).forEach(person -> rooms.add(world.join(session, person)));
            host.waitForOthers(2);
            host.record();
            host.pass(8, second -> true);
            shoot(host.page(), "room.png");
            host.stop();
            host.waitUntilStopped();
        } finally {
            rooms.forEach(RoomPage::close);
        }
        String recording = world.api().newestRecording(session.id()).path("id").asText();
        RecordedCall.awaitReady(world.api(), recording);
        Page page = world.chromium().page(world.api());
        try {
            page.navigate(world.server().address().resolve("/recordings").toString());
            assertThat(page.locator("[data-recording='" + recording + "']")).isVisible();
            shoot(page, "recordings.png");
            page.navigate(
                    world.server().address().resolve("/recordings/" + recording).toString());
            page.getByTestId("player")
                    .evaluate("video => { video.muted = true; video.currentTime = 5; return video.play(); }");
            page.waitForFunction("""
                    () => {
                      const video = document.querySelector('[data-testid=player]');
                      return video.currentTime > 7 && !video.seeking && video.readyState >= 3;
                    }""");
            page.getByTestId("player").evaluate("video => video.pause()");
            shoot(page, "watch.png");
        } finally {
            page.context().close();
        }
    }

    private void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(images.resolve(name)));
    }
}
