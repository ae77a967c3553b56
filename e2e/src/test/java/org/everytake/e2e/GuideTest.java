package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What helps to find a place in a recording. */
@ExtendWith(World.Resolver.class)
class GuideTest {
    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);

    @Test
    void REN_3_REN_4_chaptersAreInTheFileAndOnThePageWithTheShapeOfItsSound(World world) throws Exception {
        World.Session session = world.session("Found again");
        try (RoomPage anna = world.joinAsHost(session, Devices.both(ANNA))) {
            anna.record();
            anna.pass(5, second -> true);
            try (RoomPage ben = world.join(session, Devices.both(BEN))) {
                anna.waitForOthers(1);
                ben.pass(6, second -> true);
            }
            anna.stop();
            anna.waitUntilStopped();
        }
        String id = world.api().newestRecording(session.id()).path("id").asText();
        JsonNode recording = RecordedCall.awaitReady(world.api(), id);
        Path composite = world.folder().resolve("chapters.mp4");
        world.api().download(Api.content(recording, RecordedCall.rendition(recording, "composite")), composite);
        assertThat(Probe.complaint(composite)).isEmpty();
        Await.until(
                "the picture is there",
                Duration.ofMinutes(1),
                () -> world.api().recording(id).path("companions").toString().contains("poster"));

        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server().address().resolve("/recordings/" + id).toString());
            Locator chapters = page.getByTestId("chapters").getByRole(AriaRole.BUTTON);
            assertThat(chapters.first()).containsText("Start");
            assertThat(chapters.nth(1)).containsText("Ben joins");
            assertThat(page.getByTestId("wave").locator("path").first()).hasAttribute("d", Pattern.compile("^M0,.*Z$"));
            Locator player = page.getByTestId("player");
            page.waitForFunction(
                    "() => document.querySelector('[data-testid=player]').textTracks[0]?.cues?.length >= 2");
            assertThat(player.evaluate("video => video.textTracks[0].kind + ' ' + video.textTracks[0].cues[1].text"))
                    .isEqualTo("chapters Ben joins");
            assertThat((Boolean) player.evaluate("""
                    async (video) => {
                      const image = new Image();
                      image.src = video.poster;
                      await image.decode();
                      return image.naturalWidth === 1280 && image.naturalHeight === 720;
                    }""")).isTrue();

            chapters.nth(1).click();
            page.waitForFunction("() => document.querySelector('[data-testid=player]').currentTime > 3");
            assertThat(chapters.nth(1)).hasAttribute("aria-current", "true");
            page.getByTestId("wave").click(new Locator.ClickOptions().setPosition(2, 20));
            page.waitForFunction("() => document.querySelector('[data-testid=player]').currentTime < 1");
            assertThat(chapters.first()).hasAttribute("aria-current", "true");
        }
    }
}
