package org.everytake.tape;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.TapeRecord;

/** What tests of the tape have in common: a recording, packets that say who they are, and reading all back. */
public final class Fixtures {
    public static final String RECORDING = "0199a0de-0000-7000-8000-000000000001";
    public static final TapeKey KEY = TapeKey.of(new byte[] {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32
    });
    public static final TapeKey OTHER_KEY = TapeKey.of(new byte[TapeKey.BYTES]);

    private Fixtures() {}

    public static Event.RecordingStarted started(String recording) {
        return new Event.RecordingStarted(
                recording,
                "session-1",
                "Weekly call",
                Instant.parse("2026-11-22T10:00:00.123456789Z"),
                Snapshot.of(
                        List.of(new Person("anna", "Anna Ö."), new Person("ben", "Ben")),
                        List.of(new Mute("ben", Kind.MICROPHONE))));
    }

    public static TakeDescription description(int take) {
        return new TakeDescription(
                take,
                new Source("anna", Kind.CAMERA, "front"),
                List.of(new Codec(96, "VP8", 90_000, 0, ""), new Codec(111, "opus", 48_000, 2, "useinbandfec=1")),
                Map.of(3, "urn:ietf:params:rtp-hdrext:sdes:mid", 1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
                List.of(new StreamDescription(0, 0xFEDC_BA98L, "0", ""), new StreamDescription(1, 7, "0", "hi")));
    }

    /** A packet that says which it is; its length varies with its number. */
    public static byte[] packet(int take, int stream, long sequence) {
        ByteBuffer bytes = ByteBuffer.allocate(16 + (int) Math.floorMod(sequence * 37, 1200));
        bytes.putInt(take).putInt(stream).putLong(sequence);
        while (bytes.hasRemaining()) {
            bytes.put((byte) (sequence + bytes.position()));
        }
        return bytes.array();
    }

    /** What is on a tape: take, then stream, to sequence numbers in the order of reading. Checks each packet's bytes. */
    public static Map<Integer, Map<Integer, List<Long>>> contents(RecordedTape tape) {
        Map<Integer, Map<Integer, List<Long>>> all = new TreeMap<>();
        for (RecordedTake take : tape.takes()) {
            Map<Integer, List<Long>> streams = new TreeMap<>();
            for (TapeRecord record : take.records()) {
                byte[] expected = packet(take.number(), record.stream(), record.sequence());
                if (!java.util.Arrays.equals(expected, record.bytes())) {
                    throw new AssertionError("take " + take.number() + ", " + record + " has other bytes");
                }
                streams.computeIfAbsent(record.stream(), s -> new ArrayList<>()).add(record.sequence());
            }
            all.put(take.number(), streams);
        }
        return all;
    }

    /** The sequence numbers of one stream in the order of reading. */
    public static List<Long> sequences(RecordedTape tape, int take, int stream) {
        return contents(tape).getOrDefault(take, Map.of()).getOrDefault(stream, List.of());
    }

    public static List<SegmentSource> sources(java.nio.file.Path spool, String recording) throws java.io.IOException {
        try (var files = java.nio.file.Files.list(spool.resolve(recording))) {
            return files.sorted().map(SegmentSource::of).toList();
        }
    }

    /** The numbers from 0 to count - 1. */
    public static List<Long> numbers(long count) {
        return java.util.stream.LongStream.range(0, count).boxed().toList();
    }
}
