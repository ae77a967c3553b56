package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another film of a recording, in a layout that somebody chooses on its page. */
@ExtendWith(World.Resolver.class)
class LayoutTest {
    private static final int SECONDS = 6;

    @Test
    void REN_9_aFilmInAnotherLayoutIsChosenOnThePageAndComesBesideTheFirst(World world) throws Exception {
        World.Session session = world.session("Layouts");
        try (RoomPage anna = world.joinAsHost(session, Devices.both(TestCard.browser(0)));
                RoomPage ben = world.join(session, Devices.both(TestCard.browser(1)))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            anna.record();
            ben.pass(SECONDS, second -> true);
            anna.stop();
            anna.waitUntilStopped();
        }
        String id = world.api().newestRecording(session.id()).path("id").asText();
        JsonNode first = RecordedCall.awaitReady(world.api(), id);
        JsonNode film = RecordedCall.rendition(first, "composite");
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server().address().resolve("/recordings/" + id).toString());
            page.getByTestId("make-file").click();
            Locator layout = page.getByTestId("make-file-layout");
            assertThat(layout).hasValue("screen");
            assertThat(layout.locator("option")).hasText(new String[] {
                "Screen beside people", "Grid", "Speaker with filmstrip", "Speaker only", "Two sides"
            });
            // In the usual layout it is there.
            assertThat(page.getByTestId("make-file-format").locator("option[value=mp4]"))
                    .hasCount(0);
            layout.selectOption("two-sided");
            assertThat(page.getByTestId("make-file-format")).hasValue("mp4");
            page.getByTestId("make-file-format").selectOption("mp4-ld");
            assertThat(page.getByTestId("layout-picture")).hasAttribute("alt", "What the layout Two sides looks like");
            page.getByTestId("make-file-submit").click();

            Locator made = page.locator("[data-testid=rendition][data-kind=composite]");
            assertThat(made).hasCount(2);
            assertThat(made.last().locator(".file-title")).hasText("Everybody together: Two sides");
            Locator player = page.getByTestId("player");
            assertThat(player).hasAttribute("src", source(id, film));

            // Another film goes on where the first one was.
            player.evaluate("video => { video.currentTime = 3; }");
            page.waitForFunction("() => document.querySelector('[data-testid=player]').currentTime >= 3");
            made.last().getByTestId("watch").click(new Locator.ClickOptions().setTimeout(120_000));
            assertThat(player).not().hasAttribute("src", source(id, film));
            page.waitForFunction("""
                    () => {
                      const { videoWidth, currentTime } = document.querySelector('[data-testid=player]');
                      return videoWidth === 640 && currentTime >= 3;
                    }""");
            made.first().getByTestId("watch").click();
            assertThat(player).hasAttribute("src", source(id, film));
            assertThat(made.first().getByTestId("watch")).hasCount(0);
        }
        JsonNode ready = RecordedCall.awaitReady(world.api(), id);
        JsonNode sides = ready.at("/renditions/1");
        assertThat(sides.path("name").asText())
                .isEqualTo(film.path("name").asText().replace(".mp4", " - two-sided.mp4"));
        assertThat(sides.at("/layout/name").asText()).isEqualTo("two-sided");
        Path file = world.folder().resolve("two-sided.mp4");
        world.api().download(Api.content(ready, sides), file);
        Probe probe = Probe.of(file);
        assertThat(probe.video().width()).isEqualTo(640);
        assertThat(probe.durationSeconds())
                .isCloseTo(film.path("durationMillis").asDouble() / 1_000, within(0.05));
        assertThat(Probe.complaint(file)).isEmpty();
    }

    private static String source(String recording, JsonNode rendition) {
        return "/api/v1/recordings/" + recording + "/renditions/"
                + rendition.path("id").asText() + "/content";
    }
}
