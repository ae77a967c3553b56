package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sequences;
import static org.everytake.tape.Fixtures.sources;
import static org.everytake.tape.Fixtures.started;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.everytake.tape.Event;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PowerCutTest {
    @TempDir
    Path folder;

    static java.util.stream.IntStream seeds() {
        return java.util.stream.IntStream.range(0, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasCommittedSurvivesAPowerCut(int seed) throws Exception {
        Random random = new Random(seed);
        FaultyDisk disk = new FaultyDisk();
        Heard heard = new Heard();
        SpoolWorld world = new SpoolWorld(Heard.smallSegments(), disk, System::nanoTime, new SecureRandom());
        long committed;
        long events;
        try (TickingSpool spool = TickingSpool.open(world, folder, heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            long end = random.nextInt(4000);
            for (long sequence = 0; sequence < end; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                take.append(0, sequence, sequence, packet, 0, packet.length);
                tape.record(sequence, new Event.PersonLeft("p" + sequence));
                if (random.nextInt(700) == 0) {
                    long upTo = sequence;
                    heard.await(() -> take.committed() > upTo);
                }
            }
            disk.cutPower(random);
            committed = heard.committed.getOrDefault(RECORDING + "/1", 0L);
            events = heard.committed.getOrDefault(RECORDING + "/0", 0L);
        }
        try (Spool spool = Spool.open(folder, Heard.options(), SpoolListener.NONE)) {
            RecoveredRecording recovered = spool.recover(recording -> KEY).getFirst();
            assertThat(recovered.damage()).allMatch(damage -> disk.neverForced(ordinal(damage)));
            assertThat(recovered.stopped()).isFalse();
            assertThat(recovered.started()).isNotNull();
            assertThat(recovered.lastStampNanos()).isGreaterThanOrEqualTo(committed - 1);
            // whoever recovers again reads the newest segment only: what is damaged before it was told once
            RecoveredRecording again = spool.recover(recording -> KEY).getFirst();
            assertThat(again)
                    .usingRecursiveComparison()
                    .ignoringFields("damage")
                    .isEqualTo(recovered);
            assertThat(recovered.damage()).containsAll(again.damage());
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            List<Long> found = sequences(tape, 1, 0);
            assertThat(found).isEqualTo(numbers(found.size())).hasSizeGreaterThanOrEqualTo((int) committed);
            assertThat(tape.journal()).hasSizeGreaterThan((int) events);
            assertThat(tape.journal().getLast().event()).isInstanceOf(Event.Interrupted.class);
            assertThat(tape.journal().stream()
                            .filter(e -> e.event() instanceof Event.Interrupted)
                            .count())
                    .isEqualTo(1);
            // other bytes in place of a segment's first ones are told, though nothing of it was committed
            assertThat(tape.damage()).allMatch(damage -> disk.neverForced(ordinal(damage)));
        }
    }

    /** A whole segment that is missing is told by its number alone. */
    private static int ordinal(Damage damage) {
        String told = damage.segment().isEmpty() ? damage.what() : damage.segment();
        return Integer.parseInt(told.replaceFirst("\\D*(\\d+).*", "$1"));
    }
}
