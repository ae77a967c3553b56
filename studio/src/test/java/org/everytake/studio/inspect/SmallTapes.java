package org.everytake.studio.inspect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Source;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeKey;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;

/** Recordings of one take in some small segments, made in a moment. */
public final class SmallTapes {
    /** The last ones lie in a segment that is not full. */
    private static final int PACKETS = 425;

    private static final int PACKET_BYTES = 500;
    private static final int SEGMENT_BYTES = 50_000;

    private SmallTapes() {}

    public static SpoolOptions options() {
        return new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(10), SEGMENT_BYTES, 16 << 20, 0);
    }

    /** A tape that goes on, all of which so far is durable. */
    public static Tape begin(Spool spool, TapeKey key, UUID recording) throws Exception {
        Tape tape = spool.create(
                key,
                new Event.RecordingStarted(
                        recording.toString(), "session", "Title", Instant.EPOCH, Snapshot.of(List.of(), List.of())));
        Take take = tape.open(
                0,
                new TakeDescription(
                        tape.nextTake(),
                        new Source("anna", Kind.CAMERA, ""),
                        List.of(new Codec(96, "VP8", 90_000, 0, "")),
                        Map.of(),
                        List.of(new StreamDescription(0, 1, "0", ""))));
        byte[] packet = new byte[PACKET_BYTES];
        new Random(1).nextBytes(packet);
        for (int i = 1; i <= PACKETS; i++) {
            take.append(0, i, i, packet, 0, packet.length);
            while ((i % 50 == 0 || i == PACKETS) && take.committed() < i) {
                Thread.onSpinWait();
            }
        }
        return tape;
    }
}
