package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import java.io.IOException;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The call itself, without recording. */
@ExtendWith(World.Resolver.class)
class CallTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);

    @Test
    void CAP_1_twoBrowsersSeeAndHearEachOther(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Two");
        try (RoomPage anna = world.join(session, Devices.both(ANNA));
                RoomPage ben = world.join(session, Devices.both(BEN))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);

            assertThat(BEN.hueApart(anna.hue("Ben"))).isCloseTo(0, within(20.0));
            assertThat(ANNA.hueApart(ben.hue("Anna"))).isCloseTo(0, within(20.0));
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();
            assertThat(ben.hears("Anna", ANNA.pitchHz())).isTrue();
            assertThat(anna.hearsNo("Ben", ANNA.pitchHz()))
                    .as("one's own voice does not come back")
                    .isTrue();
            assertThat(anna.complaints()).isEmpty();
        }
    }

    @Test
    void mutingLeavingAndReturningAreSeenAndTheRoomGoesOn(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Coming and going");
        try (RoomPage anna = world.join(session, Devices.both(ANNA))) {
            RoomPage ben = world.join(session, Devices.both(BEN));
            anna.waitForOthers(1);
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();

            ben.by("microphone-button").click();
            anna.waitFor("[data-testid=pane][data-name=Ben][data-microphone=off]");
            assertThat(anna.hearsNo("Ben", BEN.pitchHz())).isTrue();
            ben.by("microphone-button").click();
            anna.waitFor("[data-testid=pane][data-name=Ben][data-microphone=on]");
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();

            ben.by("camera-button").click();
            anna.waitFor("[data-testid=pane][data-name=Ben][data-camera=off]");
            ben.by("camera-button").click();
            anna.waitForOthers(1);

            ben.by("leave-button").click();
            anna.waitUntilGone("Ben");
            ben.join();
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();
            assertThat(ANNA.hueApart(ben.hue("Anna"))).isCloseTo(0, within(20.0));
            ben.close();
            // A closed tab keeps its place for 15 s, then its person has left.
            anna.waitUntilGone("Ben");
            assertThat(anna.complaints()).isEmpty();
        }
    }

    @Test
    void CAP_2_aSessionKeepsTheCallAt360p(World world) throws IOException, InterruptedException {
        World.Session session = world.session("Small pictures", 360);
        try (RoomPage anna = world.join(session, Devices.both(ANNA).withCameraHeight(720));
                RoomPage ben = world.join(session, Devices.none(BEN))) {
            ben.waitForOthers(1);

            ben.page().waitForFunction("""
                    () => {
                      const video = document.querySelector('[data-testid=pane][data-name=Anna] video');
                      window.tallest = Math.max(window.tallest ?? 0, video.videoHeight);
                      return video.videoHeight === 360;
                    }""");
            assertThat(ben.page().evaluate("() => window.tallest")).isEqualTo(360);
            assertThat(anna.complaints()).isEmpty();
        }
    }

    /** As a browser sees it whose network lets no UDP through. */
    private static final String NO_UDP = """
            window.connections = [];
            const original = RTCPeerConnection.prototype.setRemoteDescription;
            RTCPeerConnection.prototype.setRemoteDescription = function (description) {
              window.connections.push(this);
              const sdp = description.sdp.replace(/a=candidate:\\S+ \\d+ udp .*\\r\\n/gi, '');
              return original.call(this, { type: description.type, sdp });
            };
            """;

    private static final String PROTOCOLS = """
            async () => {
              const protocols = new Set();
              for (const connection of window.connections) {
                const stats = await connection.getStats();
                stats.forEach((one) => {
                  if (one.type === 'candidate-pair' && one.state === 'succeeded') {
                    protocols.add(stats.get(one.remoteCandidateId).protocol);
                  }
                });
              }
              return [...protocols].join();
            }
            """;

    @Test
    void CAP_1_aBrowserWhoseNetworkLetsNoUdpThroughComesByTcp(World world) throws IOException, InterruptedException {
        World.Session session = world.session("By TCP");
        Page page = world.chromium().page(Devices.both(BEN));
        page.addInitScript(NO_UDP);
        try (RoomPage anna = world.join(session, Devices.both(ANNA));
                RoomPage ben = RoomPage.open(page, Devices.both(BEN), session.link())) {
            ben.join();
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();
            assertThat(ben.hears("Anna", ANNA.pitchHz())).isTrue();
            assertThat(page.evaluate(PROTOCOLS)).isEqualTo("tcp");
            assertThat(ben.complaints()).isEmpty();
        }
    }
}
