package org.everytake.tape.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.contents;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.started;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.Fixtures;
import org.everytake.tape.TapeFault;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentReader;
import org.everytake.tape.format.SegmentWalk;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed segments are damaged in every way: what comes back is right, and what does not is named. */
class DamageTest {
    private static final int PACKETS = 800;
    private static final int ROUNDS = Integer.getInteger("everytake.fuzz.rounds", 200);

    @TempDir
    static Path folder;

    private static final List<byte[]> SEGMENTS = new ArrayList<>();
    /** Those of another recording, whose packets have other bytes. */
    private static final List<byte[]> OTHERS = new ArrayList<>();

    /** A batch of a take's packets, where it lies in its segment. */
    private record Batch(int segment, long from, long to, int take, boolean describes, List<Long> sequences) {
        boolean touches(Range range) {
            return range.segment == segment && range.from < to && range.to > from;
        }
    }

    /** Bytes of a segment that were written over. */
    private record Range(int segment, long from, long to) {}

    @BeforeAll
    static void recordBoth() throws Exception {
        record(RECORDING, 0, SEGMENTS);
        record("another", 100, OTHERS);
        assertThat(SEGMENTS).hasSizeGreaterThan(4);
    }

    private static void record(String recording, int packetsOfTake, List<byte[]> segments) throws Exception {
        SpoolOptions options = new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(10), 120_000, 16 << 20, 0);
        try (Spool spool = Spool.open(folder, options, SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(recording));
            Take one = tape.open(0, description(1));
            Take two = tape.open(0, description(2));
            for (long sequence = 0; sequence < PACKETS; sequence++) {
                for (Take take : List.of(one, two)) {
                    byte[] packet = packet(packetsOfTake + take.number(), 0, sequence);
                    take.append(0, sequence, sequence, packet, 0, packet.length);
                }
                while (sequence % 40 == 0 && one.committed() < sequence) {
                    Thread.onSpinWait();
                }
            }
            tape.finish(PACKETS, "").get(60, TimeUnit.SECONDS);
            for (SealedSegment segment : spool.segments(recording)) {
                segments.add(Files.readAllBytes(segment.file()));
            }
        }
    }

    @Test
    void aSegmentCutAnywhereGivesTheExactPrefix() throws Exception {
        byte[] whole = SEGMENTS.getFirst();
        List<Long> all = read(List.of(source("00000001.tape", whole))).getOrDefault(1, List.of());
        Random random = new Random(11);
        for (int i = 0; i < 100; i++) {
            byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
            try (RecordedTape tape = RecordedTape.read(List.of(source("00000001.tape", cut)), KEY)) {
                List<Long> found = Fixtures.sequences(tape, 1, 0);
                assertThat(found).isEqualTo(all.subList(0, found.size()));
                assertThat(tape.damage()).isNotEmpty();
            } catch (TapeFault e) {
                assertThat(e).hasMessageContaining("Nothing of this recording can be read");
            }
        }
    }

    @Test
    void everyChangedByteIsEitherHarmlessOrNamed() throws Exception {
        Random random = new Random(12);
        int named = 0;
        for (int i = 0; i < 150; i++) {
            List<SegmentSource> sources = new ArrayList<>();
            int which = random.nextInt(SEGMENTS.size());
            for (int segment = 0; segment < SEGMENTS.size(); segment++) {
                byte[] bytes = SEGMENTS.get(segment);
                sources.add(source(
                        String.format("%08d.tape", segment + 1), segment == which ? damaged(bytes, random) : bytes));
            }
            try (RecordedTape tape = RecordedTape.read(sources, KEY)) {
                Map<Integer, Map<Integer, List<Long>>> found = contents(tape);
                for (int take = 1; take <= 2; take++) {
                    List<Long> sequences = found.getOrDefault(take, Map.of()).getOrDefault(0, List.of());
                    assertThat(sequences).isSorted().isSubsetOf(numbers(PACKETS));
                    assertThat(tape.damage())
                            .containsAll(tape.takes().get(take - 1).damage());
                    if (sequences.size() < PACKETS) {
                        assertThat(tape.damage()).isNotEmpty();
                        named++;
                    }
                    List<Long> arrivals = new ArrayList<>();
                    tape.takes().get(take - 1).arrivals().forEach(record -> arrivals.add(record.sequence()));
                    assertThat(arrivals).isEqualTo(sequences);
                }
            }
        }
        assertThat(named).isPositive();
    }

    @Test
    void everyBatchThatIsWholeComesBackAndNothingOfAnotherRecording() throws Exception {
        List<Batch> batches = batches();
        Set<Long> all = new HashSet<>(numbers(PACKETS));
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<byte[]> segments = new ArrayList<>(SEGMENTS);
            List<Range> ranges = new ArrayList<>();
            for (int times = 1 + random.nextInt(6); times > 0; times--) {
                int which = random.nextInt(segments.size());
                byte[] bytes = segments.get(which).clone();
                ranges.add(writtenOver(bytes, which, random));
                segments.set(which, bytes);
            }
            List<Range> hidden = hidden(segments, ranges);
            List<Batch> whole = batches.stream()
                    .filter(batch -> ranges.stream().noneMatch(batch::touches))
                    .filter(batch -> hidden.stream().noneMatch(batch::touches))
                    .filter(batch -> ranges.stream()
                            .noneMatch(range -> range.segment == batch.segment && range.from < SegmentHeader.BYTES))
                    .toList();
            try (RecordedTape tape = RecordedTape.read(sources(segments), KEY)) {
                Map<Integer, Map<Integer, List<Long>>> found = contents(tape); // looks at the bytes, too
                for (int take = 1; take <= 2; take++) {
                    Set<Long> sequences =
                            new HashSet<>(found.getOrDefault(take, Map.of()).getOrDefault(0, List.of()));
                    assertThat(all.containsAll(sequences)).isTrue();
                    assertThat(sequences.size() == PACKETS || !tape.damage().isEmpty())
                            .as("what is missing is named, seed %s", seed)
                            .isTrue();
                    assertThat(sequences.containsAll(ofTake(whole, take)))
                            .as("what is whole is there, seed %s, take %s", seed, take)
                            .isTrue();
                }
            }
        }
    }

    /**
     * What a header that came with a piece says to be its batch, where by chance another batch begins at the end of that:
     * then nothing tells it from a true one.
     */
    private static List<Range> hidden(List<byte[]> segments, List<Range> ranges) {
        List<Range> hidden = new ArrayList<>();
        for (Range range : ranges) {
            byte[] bytes = segments.get(range.segment);
            for (int at = (int) range.from; at < range.to; at++) {
                BatchHeader header =
                        bytes[at] == (byte) (BatchHeader.MAGIC >>> 24) ? BatchHeader.decode(bytes, at) : null;
                long end = header == null ? 0 : (long) at + header.totalBytes();
                if (header != null
                        && end <= bytes.length
                        && (end == bytes.length || BatchHeader.decode(bytes, (int) end) != null)) {
                    hidden.add(new Range(range.segment, at, end));
                }
            }
        }
        return hidden;
    }

    /** Without a description a take cannot be understood, and is left out. */
    private static List<Long> ofTake(List<Batch> whole, int take) {
        List<Batch> own = whole.stream().filter(batch -> batch.take == take).toList();
        return own.stream().noneMatch(Batch::describes)
                ? List.of()
                : own.stream().flatMap(batch -> batch.sequences.stream()).toList();
    }

    private static List<Batch> batches() throws Exception {
        List<Batch> batches = new ArrayList<>();
        for (int segment = 0; segment < SEGMENTS.size(); segment++) {
            try (SegmentReader reader = SegmentReader.open(new BytesChannel(SEGMENTS.get(segment)), KEY)) {
                SegmentWalk walk = reader.walk();
                for (SegmentWalk.Found found = walk.next(); found != null; found = walk.next()) {
                    List<Long> sequences = new ArrayList<>();
                    byte[] records = reader.open(found.offset()).records();
                    for (int at = 0; at < records.length; at = RecordHeader.next(records, at, records.length)) {
                        if (RecordHeader.type(records, at) == RecordHeader.PACKET) {
                            sequences.add(RecordHeader.sequence(records, at));
                        }
                    }
                    boolean describes = found.header().describes();
                    batches.add(new Batch(
                            segment, found.offset(), found.end(), found.header().take(), describes, sequences));
                }
            }
        }
        return batches;
    }

    /** As disks do it: a bit falls over, a piece is gone or is noise, or lies where another should, even another file's. */
    private static Range writtenOver(byte[] bytes, int segment, Random random) {
        int at = random.nextInt(8) == 0 ? random.nextInt(200) : random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(20_000));
        byte[] piece = new byte[length];
        switch (random.nextInt(5)) {
            case 0 -> {
                length = 1;
                piece[0] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
            }
            case 1 -> random.nextBytes(piece);
            case 2 -> Arrays.fill(piece, (byte) 0);
            case 3 -> length = piece(SEGMENTS, piece, random);
            default -> length = piece(OTHERS, piece, random);
        }
        System.arraycopy(piece, 0, bytes, at, length);
        return new Range(segment, at, at + length);
    }

    private static int piece(List<byte[]> segments, byte[] piece, Random random) {
        byte[] from = segments.get(random.nextInt(segments.size()));
        int length = Math.min(piece.length, from.length);
        System.arraycopy(from, random.nextInt(from.length - length + 1), piece, 0, length);
        return length;
    }

    private static List<SegmentSource> sources(List<byte[]> segments) {
        List<SegmentSource> sources = new ArrayList<>();
        for (byte[] bytes : segments) {
            sources.add(source(String.format("%08d.tape", sources.size() + 1), bytes));
        }
        return sources;
    }

    @Test
    void aMissingSegmentIsNamed() throws Exception {
        List<SegmentSource> sources = new ArrayList<>();
        for (int segment = SEGMENTS.size() - 1; segment >= 0; segment--) {
            if (segment != 1) {
                sources.add(source(String.format("%08d.tape", segment + 1), SEGMENTS.get(segment)));
            }
        }
        try (RecordedTape tape = RecordedTape.read(sources, KEY)) {
            assertThat(tape.damage()).extracting(Damage::what).contains("segment 2 is missing or cannot be read");
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        int at = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> Arrays.fill(damaged, at, Math.min(bytes.length, at + random.nextInt(5000)), (byte) 0);
            case 2 -> damaged = Arrays.copyOf(bytes, at);
            default -> { // a piece of it lies where another should
                int length = Math.min(1 + random.nextInt(3000), bytes.length - at);
                System.arraycopy(bytes, random.nextInt(bytes.length - length), damaged, at, length);
            }
        }
        return damaged;
    }

    private static Map<Integer, List<Long>> read(List<SegmentSource> sources) throws Exception {
        try (RecordedTape tape = RecordedTape.read(sources, KEY)) {
            return Map.of(1, Fixtures.sequences(tape, 1, 0));
        }
    }

    private static SegmentSource source(String name, byte[] bytes) {
        return new SegmentSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public BytesChannel open() {
                return new BytesChannel(bytes);
            }
        };
    }
}
