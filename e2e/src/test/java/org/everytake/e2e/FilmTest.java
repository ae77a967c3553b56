package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.Firefox;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A recording that is watched while it goes on. */
@ExtendWith(World.Resolver.class)
class FilmTest {
    private static final TestCard ANNA = TestCard.browser(0);

    /** Waits for the film and watches two seconds of it; gives its width in pixels, or what went wrong. */
    private static final String WATCH = """
            async () => {
              const until = async (what) => {
                for (let tries = 0; tries < 300 && !what(); tries++) {
                  await new Promise((resolve) => setTimeout(resolve, 100));
                }
                return what();
              };
              const film = await until(() => document.querySelector('[data-testid=film-player]'));
              if (!film || !(await until(() => film.readyState > 1))) {
                return 'no film';
              }
              film.muted = true;
              film.play().catch(() => {});
              return (await until(() => film.currentTime > 2)) ? film.videoWidth : `stuck at ${film.currentTime}`;
            }
            """;

    @Test
    void REN_8_aRecordingIsWatchedFromItsBeginningWhileItGoesOnAndInItsFileAfterIt(World world) throws Exception {
        World.Session session = world.session("Watched live");
        try (RoomPage anna = RoomPage.openAsHost(world.chromium(), world.api(), Devices.both(ANNA), session.link())
                        .join();
                Page page = world.chromium().page(world.api())) {
            anna.record();
            String id = world.api().newestRecording(session.id()).path("id").asText();
            URI address = world.server().address().resolve("/recordings/" + id);
            page.navigate(address.toString());
            Locator film = page.getByTestId("film-player");
            film.waitFor();
            film.evaluate("film => { film.muted = true; return film.play(); }");
            page.waitForFunction("() => document.querySelector('[data-testid=film-player]').currentTime > 2");
            assertThat((Boolean) film.evaluate("film => film.videoWidth === 1280 && film.buffered.start(0) < 0.1"))
                    .isTrue();
            try (Firefox firefox = Firefox.open(List.of())) {
                firefox.signIn(world.api());
                firefox.navigate(address);
                assertThat(firefox.call(WATCH).asText()).as(firefox.version()).isEqualTo("1280");
            }
            assertThat(world.api().newestRecording(session.id()).path("state").asText())
                    .as("it goes on")
                    .isEqualTo("recording");
            anna.stop();
            anna.waitUntilStopped();
            RecordedCall.awaitReady(world.api(), id);
            Locator player = page.getByTestId("player");
            player.waitFor();
            assertThat(film).hasCount(0);
            page.waitForFunction("() => document.querySelector('[data-testid=player]').currentTime > 2");
        }
    }
}
