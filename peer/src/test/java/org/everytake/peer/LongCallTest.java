package org.everytake.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.DatagramPort;
import org.everytake.call.Room;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.clip.FlashClip;
import org.everytake.peer.media.ReceivedStatistics;
import org.everytake.peer.net.Conditions;
import org.everytake.peer.net.VirtualNetwork;
import org.everytake.wire.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

/**
 * A call that goes on and on, in stepped time: sequence numbers, timestamps and SRTP's count of cycles roll over. How long
 * is said by {@code -Deverytake.hours}; in a build it is 25 minutes, after which audio has rolled over once. A day takes
 * some minutes.
 */
class LongCallTest {
    private static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00Z");
    private static final Path CLIPS = Path.of("target", "clips");
    private static final double HOURS = Double.parseDouble(System.getProperty("everytake.hours", "0.42"));
    private static final int STEPS = 12;
    private static final long SPARE_BYTES = 24L << 20;

    /** How many packets of each stream came, and from which number to which. Called by the call's loop. */
    private static final class Count implements Sink {
        private final Map<Stream, long[]> streams = new HashMap<>();

        @Override
        public synchronized void packet(
                Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
            long[] count = streams.computeIfAbsent(stream, s -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0});
            count[0] = Math.min(count[0], extendedSequence);
            count[1] = Math.max(count[1], extendedSequence);
            count[2]++;
        }

        synchronized Map<Stream, long[]> streams() {
            return new HashMap<>(streams);
        }
    }

    @Test
    void CAP_11_nothingIsLostAndMemoryStaysFlat() throws Exception {
        Clip clip = new FlashClip("0x2060C0", 1000, 320, 180, 150, 2).in(CLIPS);
        VirtualNetwork network = new VirtualNetwork(5, Conditions.of(0, Duration.ofMillis(5)), EPOCH);
        DatagramPort port = network.open();
        var options = CallOptions.of(port.localAddress())
                .withAdvertised(List.of(port.localAddress().getAddress()), 0);
        MediaOptions media = MediaOptions.DEFAULT.withLogs(false);
        var sink = new Count();
        try (CallServer server = CallServer.open(options, port, network::nanoTime, network::wallTime)) {
            Room room = server.room("session");
            room.add(sink).join();
            try (Participant anna = new Participant(
                            network, room, PeerOptions.of("anna", 1).withMedia(media));
                    Participant bert = new Participant(
                            network, room, PeerOptions.of("bert", 2).withMedia(media))) {
                bert.remembersNothing();
                bert.join();
                anna.join().publish(clip);
                Await.until(
                        "both are connected",
                        Duration.ofSeconds(60),
                        () -> !bert.peer.received().isEmpty());
                network.freeze();
                long[] used = new long[STEPS];
                for (int step = 0; step < STEPS; step++) {
                    network.advance(Duration.ofMillis((long) (HOURS * 3_600_000 / STEPS)));
                    used[step] = used();
                }
                anna.peer.sendAudio(false);
                anna.peer.sendVideo(false);
                network.advance(Duration.ofSeconds(3));

                assertThat(sink.streams()).hasSize(2);
                sink.streams()
                        .forEach((stream, count) -> assertThat(count[2])
                                .as("packets of " + stream)
                                .isEqualTo(count[1] - count[0] + 1)
                                .isGreaterThan((long) (HOURS * 3_600 * 25)));
                for (ReceivedStatistics stream : bert.peer.received()) {
                    assertThat(stream.missing()).as(stream.toString()).isZero();
                }
                assertThat(used[STEPS - 1]).as("bytes in use at the end").isLessThan(used[2] + SPARE_BYTES);
            }
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
