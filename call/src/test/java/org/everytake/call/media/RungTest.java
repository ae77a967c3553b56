package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.everytake.call.Codec;
import org.everytake.call.Kind;
import org.everytake.call.Track;
import org.everytake.call.sdp.PublishOffer;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.junit.jupiter.api.Test;

/** What there is to choose from of VP9 with three spatial and two temporal layers. */
class RungTest {
    private static final int MOST = Integer.MAX_VALUE;
    private static final long SECOND = 1_000_000_000L;

    private static LiveTrack track(Kind kind) throws Malformed {
        LiveTrack track = new LiveTrack(
                new Track(1, "anna", kind, "0", List.of(new Codec(101, "VP9", 90_000, 0, "")), Map.of()),
                List.of(),
                PublishOffer.Repair.NONE);
        InboundStream stream = track.addStream(5, "", 101, 0);
        for (int i = 0; i < 100; i++) {
            for (int spatial = 0; spatial < 3; spatial++) {
                arrive(track, stream, i, i % 2, spatial);
            }
        }
        return track;
    }

    /** A packet of 100, 200 or 300 bytes. A key picture has the structure of 320x180, 640x360 and 1280x720. */
    private static void arrive(LiveTrack track, InboundStream stream, int n, int temporal, int spatial)
            throws Malformed {
        byte[] payload = new byte[(spatial + 1) * 100 - 12];
        boolean structure = n == 0 && spatial == 0;
        int at = 0;
        payload[at++] = (byte) ((n == 0 ? 0x2C : 0x6C) | (structure ? 2 : 0)); // P L B E V
        payload[at++] = (byte) (temporal << 5 | spatial << 1);
        payload[at++] = (byte) (n / 2);
        if (structure) {
            payload[at++] = 0x50;
            for (int size : new int[] {320, 180, 640, 360, 1_280, 720}) {
                payload[at++] = (byte) (size >> 8);
                payload[at++] = (byte) size;
            }
        }
        byte[] bytes = new byte[400];
        int length = RtpWriter.write(
                bytes,
                0,
                new RtpHeader(101, spatial == 2, 3 * n + spatial, 3_000L * n, 5),
                List.of(),
                payload,
                0,
                payload.length);
        track.arrived(stream, new RtpPacket().wrap(bytes, 0, length), n * SECOND / 100);
    }

    private static List<OperatingPoint> points(LiveTrack track, int lines) {
        return Rung.ladder(track, lines, 99 * SECOND / 100).stream()
                .map(Rung::point)
                .toList();
    }

    @Test
    void CAP_3_ofACameraMotionComesFirst() throws Malformed {
        LiveTrack camera = track(Kind.CAMERA);
        assertThat(points(camera, MOST))
                .containsExactly(
                        new OperatingPoint(0, 0),
                        new OperatingPoint(0, MOST),
                        new OperatingPoint(1, MOST),
                        OperatingPoint.ALL);
        List<Rung> ladder = Rung.ladder(camera, MOST, 99 * SECOND / 100);
        // A hundred packets a second: of the lowest layer half of 80 kbit/s, of all 480 kbit/s.
        assertThat(ladder.getFirst().bitsPerSecond()).isBetween(38_000L, 42_000L);
        assertThat(ladder.get(1).bitsPerSecond()).isBetween(76_000L, 84_000L);
        assertThat(ladder.get(2).bitsPerSecond()).isBetween(228_000L, 252_000L);
        assertThat(ladder.get(3).bitsPerSecond()).isBetween(456_000L, 504_000L);
    }

    @Test
    void CAP_3_ofAScreenSharpness() throws Malformed {
        assertThat(points(track(Kind.SCREEN), MOST))
                .containsExactly(
                        new OperatingPoint(0, 0),
                        new OperatingPoint(1, 0),
                        new OperatingPoint(MOST, 0),
                        OperatingPoint.ALL);
    }

    @Test
    void CAP_3_nothingIsLargerThanItIsSeen() throws Malformed {
        LiveTrack camera = track(Kind.CAMERA);
        assertThat(points(camera, 180)).containsExactly(new OperatingPoint(0, 0), new OperatingPoint(0, MOST));
        assertThat(points(camera, 300)).hasSize(3).last().isEqualTo(new OperatingPoint(1, MOST));
        assertThat(points(camera, 720))
                .as("nor would be what may yet come above")
                .last()
                .isEqualTo(new OperatingPoint(2, MOST));
        assertThat(points(track(Kind.SCREEN), 360))
                .containsExactly(new OperatingPoint(0, 0), new OperatingPoint(1, 0), new OperatingPoint(1, MOST));
    }

    @Test
    void whatIsSentIsFoundThoughTheLadderHasChanged() throws Malformed {
        LiveTrack camera = track(Kind.CAMERA);
        Layer layer = camera.layers().getFirst();
        List<Rung> ladder = Rung.ladder(camera, MOST, 99 * SECOND / 100);
        assertThat(Rung.presentOf(ladder, null, OperatingPoint.ALL)).isEqualTo(-1);
        assertThat(Rung.presentOf(ladder, layer, OperatingPoint.ALL)).isEqualTo(3);
        assertThat(Rung.presentOf(ladder, layer, new OperatingPoint(1, 1))).isZero();
        assertThat(Rung.presentOf(ladder, layer, new OperatingPoint(1, MOST))).isEqualTo(2);
    }
}
