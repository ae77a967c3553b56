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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.Fixtures;
import org.everytake.tape.TapeFault;
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

    @TempDir
    static Path folder;

    private static final List<byte[]> SEGMENTS = new ArrayList<>();

    @BeforeAll
    static void record() throws Exception {
        SpoolOptions options = new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(10), 120_000, 16 << 20, 0);
        try (Spool spool = Spool.open(folder, options, SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take one = tape.open(0, description(1));
            Take two = tape.open(0, description(2));
            for (long sequence = 0; sequence < PACKETS; sequence++) {
                for (Take take : List.of(one, two)) {
                    byte[] packet = packet(take.number(), 0, sequence);
                    take.append(0, sequence, sequence, packet, 0, packet.length);
                }
                while (sequence % 40 == 0 && one.committed() < sequence) {
                    Thread.onSpinWait();
                }
            }
            tape.finish(PACKETS, "").get(60, TimeUnit.SECONDS);
            for (SealedSegment segment : spool.segments(RECORDING)) {
                SEGMENTS.add(Files.readAllBytes(segment.file()));
            }
        }
        assertThat(SEGMENTS).hasSizeGreaterThan(4);
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
