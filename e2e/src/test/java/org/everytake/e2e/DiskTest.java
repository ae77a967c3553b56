package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Server;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A disk that cannot be written is told in the room, and the button is never green. */
@ExtendWith(World.Resolver.class)
class DiskTest {

    private static final TestCard ANNA = TestCard.browser(0);

    @TempDir
    Path folder;

    @Test
    void unwritableSpoolIsAnErrorInTheRoomAndNeverAGreenButton(World world) throws Exception {
        try (Server server = Server.start(Server.Place.in(folder));
                Api api = Api.of(server)) {
            World.Session session = World.session(api, "No disk");
            try (RoomPage anna = RoomPage.openAsHost(world.chromium(), api, Devices.both(ANNA), session.link())
                    .join()) {
                Path spool = server.place().data().resolve("spool");
                Path aside = folder.resolve("aside");
                // Even root cannot write into a file as if it were a folder.
                Files.move(spool, aside);
                Files.writeString(spool, "not a folder");
                watchForGreen(anna);

                anna.pressRecord();
                // A start tries again for 10 s before it gives up.
                assertThat(anna.by("recording-failed"))
                        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
                anna.waitUntilStopped();
                assertThat(anna.page().evaluate("() => window.sawGreen")).isEqualTo(false);

                anna.page().getByText("Dismiss").click();
                Files.delete(spool);
                Files.move(aside, spool);
                anna.record();
                anna.stop();
                anna.waitUntilStopped();
            }
        }
    }

    private static void watchForGreen(RoomPage room) {
        room.page().evaluate("""
                () => {
                  window.sawGreen = false;
                  new MutationObserver(() => {
                    if (document.querySelector('[data-state=recording]')) window.sawGreen = true;
                  }).observe(document.body, { subtree: true, childList: true, attributes: true });
                }""");
    }
}
