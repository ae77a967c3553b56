package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody whose browser comes to another network. */
@ExtendWith(World.Resolver.class)
class OtherNetworkTest {

    private static final TestCard ANNA = TestCard.browser(0);
    private static final TestCard BEN = TestCard.browser(1);

    /** The name that the publishing connection goes by: ICE takes another one when it starts again (RFC 8445). */
    private static final String UFRAG =
            "() => /a=ice-ufrag:(\\S+)/.exec(window.connections[0].localDescription.sdp)[1]";

    @Test
    void CAP_1_CAP_2_anotherNetworkBeginsNoNewTake(World world) throws Exception {
        World.Session session = world.session("From one network to another");
        try (RoomPage anna = world.joinAsHost(session, Devices.both(ANNA));
                RoomPage ben = world.join(session, Devices.both(BEN))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            anna.record();
            Object before = ben.page().evaluate(UFRAG);

            ben.page().evaluate("() => window.dispatchEvent(new Event('online'))");
            ben.page().waitForFunction("""
                            (before) => {
                              const connection = window.connections[0];
                              const changed = !connection.localDescription.sdp.includes(`a=ice-ufrag:${before}`);
                              return changed && connection.signalingState === 'stable'
                                && connection.connectionState === 'connected';
                            }""", before);
            anna.waitForFrames(anna.framesDecoded() + 30);
            assertThat(anna.hears("Ben", BEN.pitchHz())).isTrue();

            anna.stop();
            anna.waitUntilStopped();
            assertThat(ben.complaints()).isEmpty();
        }
        RecordedCall.assertOnTape(world.server(), world.api(), session, "Anna", "Ben");
    }
}
