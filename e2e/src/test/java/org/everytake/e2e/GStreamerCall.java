package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.RoomClient;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Server;
import org.everytake.e2e.browser.Chromium;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;

/**
 * A program for {@link Namespace}: a server, Anna in Chromium, and GStreamer's webrtcbin, which shows a green picture and
 * plays a tone. It fails with what is not as it should be.
 */
final class GStreamerCall {
    private static final TestCard ANNA = TestCard.browser(0);
    private static final double GREEN_DEGREES = 120;
    private static final double TONE_HZ = 1500;
    private static final int SECONDS = 6;

    private GStreamerCall() {}

    public static void main(String... none) throws Exception {
        Path folder = Files.createTempDirectory("everytake-gstreamer-call");
        try (Server server = Server.start(Namespace.place(folder));
                Api api = Api.of(server);
                HttpClient client = HttpClient.newHttpClient();
                Chromium chromium = Chromium.open()) {
            World.Session session = World.session(api, "With GStreamer");
            try (RoomPage anna = RoomPage.openAsHost(chromium, api, Devices.both(ANNA), session.link())
                            .join();
                    WebRtcBin peer = new WebRtcBin(folder);
                    RoomClient room = RoomClient.join(
                            client, server.address(), null, invitation(session), "Gus", (offer, tracks) -> null)) {
                peer.answer(room.publish(peer.offer(), kinds(peer.offer())));
                anna.waitForOthers(1);
                assertThat(anna.hue("Gus")).isCloseTo(GREEN_DEGREES, within(20.0));
                assertThat(anna.hears("Gus", TONE_HZ)).as("Anna hears Gus").isTrue();
                anna.record();
                anna.pass(SECONDS, second -> true);
                anna.stop();
                anna.waitUntilStopped();
            }
            RecordedCall.assertOnTape(server, api, session, "Anna", "Gus");
            System.out.println("recorded");
        } finally {
            World.delete(folder);
        }
    }

    private static String invitation(World.Session session) {
        String path = session.link().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Map<String, String> kinds(String offer) throws Malformed {
        Map<String, String> kinds = new HashMap<>();
        for (MediaDescription media : SessionDescription.parse(offer).media()) {
            kinds.put(media.mid(), media.kind().equals(MediaDescription.VIDEO) ? "camera" : "microphone");
        }
        return kinds;
    }
}
