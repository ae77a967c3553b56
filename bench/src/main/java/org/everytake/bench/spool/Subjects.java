package org.everytake.bench.spool;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.everytake.tape.Codec;
import org.everytake.tape.Event;
import org.everytake.tape.Kind;
import org.everytake.tape.Snapshot;
import org.everytake.tape.Source;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeKey;
import org.everytake.tape.spool.Tape;

/** The recordings and takes that are measured, as a room would describe them. */
final class Subjects {
    static final TapeKey KEY = TapeKey.of(new byte[TapeKey.BYTES]);

    private Subjects() {}

    static String id(String kind, int number) {
        return String.format("%s-%05d", kind, number);
    }

    static Event.RecordingStarted started(String recording) {
        return new Event.RecordingStarted(
                recording, "session", "Bench", Instant.EPOCH, Snapshot.of(List.of(), List.of()));
    }

    static TakeDescription camera(Tape tape) {
        return new TakeDescription(
                tape.nextTake(),
                new Source("anna", Kind.CAMERA, ""),
                List.of(new Codec(96, "VP8", 90_000, 0, "")),
                Map.of(3, "urn:ietf:params:rtp-hdrext:sdes:mid"),
                List.of(new StreamDescription(0, 1, "0", "")));
    }
}
