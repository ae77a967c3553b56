package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.List;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both sides of a call, watched beside each other from what each sent. */
@ExtendWith(World.Resolver.class)
class SidesTest {
    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);
    private static final int SECONDS = 12;

    private static final String SIDES = "[...document.querySelectorAll('[data-testid=side]')]";

    /** How far the sides are apart at most, as long as both have played for a moment, in seconds. */
    private static final double MOST_APART = 0.05;

    @Test
    void REN_10_bothSidesPlayInStepMomentsAfterStop(World world) throws Exception {
        World.Session session = world.session("Two sides");
        try (RoomPage anna = world.joinAsHost(session, Devices.both(ANNA));
                RoomPage ben = world.join(session, Devices.both(BEN))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            anna.record();
            ben.pass(SECONDS, second -> true);
            anna.stop();
            anna.waitUntilStopped();
        }
        String id = world.api().newestRecording(session.id()).path("id").asText();
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(world.server().address().resolve("/recordings/" + id).toString());
            page.getByTestId("view-sides").click();
            page.getByTestId("sides-player").waitFor();
            assertThat(page.getByTestId("side")).hasCount(2);
            page.waitForFunction("() => " + SIDES + ".every(side => side.duration > 5)");
            assertThat(lengths(page).stream().distinct())
                    .as("both are as long as the session")
                    .hasSize(1);

            page.getByTestId("sides-play").click();
            page.waitForFunction("() => " + SIDES + ".every(side => side.currentTime > 3 && !side.paused)");
            assertThat(apart(page)).isLessThan(MOST_APART);
            assertThat(page.evaluate("() => " + SIDES + ".every(side => side.videoWidth > 100)"))
                    .isEqualTo(true);

            page.getByTestId("sides-rate").selectOption("2");
            page.waitForFunction("() => " + SIDES + ".every(side => side.currentTime > 6)");
            assertThat(apart(page)).isLessThan(MOST_APART * 2);

            page.getByTestId("sides-place").fill("2");
            page.waitForFunction("() => " + SIDES + ".every(side => side.currentTime >= 2 && side.currentTime < 5)");
            page.getByTestId("sides-play").click();
            page.waitForFunction("() => " + SIDES + ".every(side => side.paused && !side.seeking)");
            assertThat(apart(page)).as("paused at the same moment").isLessThan(0.001);

            page.getByTestId("view-together").click();
            assertThat(page.getByTestId("sides-player")).hasCount(0);
        }
        JsonNode recording = RecordedCall.awaitReady(world.api(), id);
        assertThat(recording.path("renditions"))
                .filteredOn(one -> one.path("kind").asText().equals("participant")
                        && !one.path("format").asText().equals("mov"))
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.path("state").asText()).isEqualTo("ready");
                    assertThat(one.path("madeWith").asText()).doesNotContain("FFmpeg");
                });
    }

    /** In hundredths of a second. */
    private static List<?> lengths(Page page) {
        return (List<?>) page.evaluate("() => " + SIDES + ".map(side => Math.round(side.duration * 100))");
    }

    private static double apart(Page page) {
        return ((Number) page.evaluate(
                        "() => { const [a, b] = " + SIDES + "; return Math.abs(a.currentTime - b.currentTime); }"))
                .doubleValue();
    }
}
