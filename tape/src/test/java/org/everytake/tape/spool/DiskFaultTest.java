package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sequences;
import static org.everytake.tape.Fixtures.sources;
import static org.everytake.tape.Fixtures.started;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TapeFault;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskFaultTest {
    @TempDir
    Path folder;

    private final Heard heard = new Heard();
    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void fullDiskRefusesANewRecordingWithTheReasonAndLeavesNothing() throws Exception {
        try (Spool spool = open(Heard.options())) {
            for (long bytes : new long[] {0, 50, 200}) {
                disk.fillUpAfter(bytes);
                assertThatThrownBy(() -> spool.create(KEY, started(RECORDING)))
                        .isInstanceOf(TapeFault.class)
                        .hasMessageContaining("The recording cannot begin");
                assertThat(Files.exists(folder.resolve(RECORDING))).isFalse();
            }
            disk.fillUpAfter(Long.MAX_VALUE);
            disk.failForces(1);
            assertThatThrownBy(() -> spool.create(KEY, started(RECORDING))).isInstanceOf(TapeFault.class);
            Tape tape = spool.create(KEY, started(RECORDING));
            assertThat(tape.committed()).isEqualTo(1);
        }
    }

    @Test
    void folderThatCannotBeMadeIsAFault() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Spool.open(file.resolve("spool"), Heard.options(), heard))
                .isInstanceOf(TapeFault.class)
                .hasMessageContaining("cannot be written");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatAFailingDiskCouldNotTakeIsWrittenAgain(int seed) throws Exception {
        Random random = new Random(seed);
        List<Long> kept = new ArrayList<>();
        long dropped;
        try (Spool spool = open(Heard.smallSegments())) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            long position = 0;
            for (long sequence = 0; sequence < 3000; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                long at = take.append(0, sequence, sequence, packet, 0, packet.length);
                if (at > 0) {
                    kept.add(sequence);
                    position = at;
                }
                if (sequence % 100 == 0) {
                    int faults = heard.faults.size();
                    if (random.nextBoolean()) {
                        disk.fillUpAfter(random.nextInt(30_000));
                    } else {
                        disk.failForces(1 + random.nextInt(2));
                    }
                    tape.record(sequence, new Event.PersonJoined("p" + sequence, ""));
                    if (random.nextInt(4) == 0) {
                        heard.await(
                                () -> heard.faults.size() > faults || take.committed() > 0 && random.nextInt(200) == 0);
                    }
                    disk.fillUpAfter(Long.MAX_VALUE);
                    disk.failForces(0);
                    if (random.nextInt(8) == 0) {
                        long upTo = position;
                        heard.await(() -> take.committed() >= upTo);
                    }
                }
            }
            disk.fillUpAfter(Long.MAX_VALUE);
            tape.finish(3000, "").get(60, TimeUnit.SECONDS);
            assertThat(take.committed()).isEqualTo(kept.size());
            dropped = take.dropped();
        }
        assertThat(kept.size() + dropped).isEqualTo(3000);
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(sequences(tape, 1, 0)).isEqualTo(kept);
            assertThat(tape.damage()).isEmpty();
            assertThat(tape.journal())
                    .extracting(Stamped::number)
                    .isEqualTo(numbers(tape.journal().size()));
            assertThat(tape.journal().getLast().event()).isEqualTo(new Event.RecordingStopped(""));
            assertThat(tape.journal().stream()
                            .filter(e -> e.event() instanceof Event.PersonJoined)
                            .count())
                    .isEqualTo(30);
        }
    }

    @Test
    void diskThatStaysFullLosesLoudlyAndKeepsWhatWasCommitted() throws Exception {
        SpoolOptions small = new SpoolOptions(Duration.ofMillis(5), Duration.ofSeconds(10), 8 << 20, 1 << 20, 0);
        CompletableFuture<Void> finished;
        long committed;
        try (Spool spool = open(small)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            append(take, 0, 100);
            heard.await(() -> take.committed() == 100);
            disk.fillUpAfter(5_000);
            append(take, 100, 5000);
            heard.await(() -> !heard.faults.isEmpty());
            assertThat(heard.faults.getFirst().getMessage()).contains("The recording cannot be written");
            heard.await(() -> heard.faults.stream().anyMatch(f -> f.toString().contains("the disk is full")));
            assertThat(take.dropped()).isPositive();
            committed = take.committed();
            finished = tape.finish(1, "");
        }
        assertThat(finished).isCompletedExceptionally();
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(sequences(tape, 1, 0)).startsWith(numbers(committed).toArray(Long[]::new));
        }
    }

    @Test
    void nobodyWaitsForADiskThatDoesNotAnswerAndWhatIsLostIsCountedInTheJournal() throws Exception {
        SpoolOptions small = new SpoolOptions(Duration.ofMillis(5), Duration.ofSeconds(10), 8 << 20, 1 << 20, 0);
        List<Long> kept = new ArrayList<>();
        long lost = 0;
        try (Spool spool = open(small)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            disk.fallSilent();
            take.append(0, 0, 0, packet(1, 0, 0), 0, packet(1, 0, 0).length);
            kept.add(0L);
            heard.await(disk::isWaitedFor);
            // Whatever of this waited for the disk would wait for ever: it answers only below.
            for (long sequence = 1; lost < 500; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                if (take.append(0, sequence, sequence, packet, 0, packet.length) == Take.DROPPED) {
                    lost++;
                } else {
                    kept.add(sequence);
                }
            }
            take.describe(5000, description(1));
            tape.record(5000, new Event.PersonLeft("anna"));
            tape.open(5000, description(tape.nextTake())).close(5001, "the camera was taken away");
            assertThat(disk.isWaitedFor()).isTrue();
            assertThat(take.committed()).isZero();
            assertThat(take.dropped()).isEqualTo(lost);
            disk.answer();
            tape.finish(6000, "").get(60, TimeUnit.SECONDS);
            assertThat(take.committed()).isEqualTo(kept.size());
        }
        assertThat(heard.faults).isEmpty();
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(sequences(tape, 1, 0)).isEqualTo(kept);
            assertThat(tape.journal().stream()
                            .map(Stamped::event)
                            .filter(Event.PacketsDropped.class::isInstance)
                            .map(Event.PacketsDropped.class::cast)
                            .filter(dropped -> dropped.take() == 1 && dropped.stream() == 0)
                            .mapToLong(Event.PacketsDropped::count)
                            .sum())
                    .isEqualTo(lost);
        }
    }

    @Test
    void aFaultOfTheFolderLeavesNothingBehindThatCouldNeverBeSettled() throws Exception {
        try (Spool spool = open(Heard.options())) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            disk.failForces(1);
            append(take, 0, 100);
            heard.await(() -> take.committed() == 100);
            disk.failFolderForces(2); // the new segment's name, and the deletion of the segment
            disk.failForces(1);
            append(take, 100, 200);
            heard.await(() -> take.committed() == 200);
            tape.finish(1, "").get(60, TimeUnit.SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(sequences(tape, 1, 0)).isEqualTo(numbers(200));
        }
    }

    @Test
    void aDiskThatTakesAHeaderAndNoMoreGathersNoFiles() throws Exception {
        // A second passes with each tick, so that each tries again.
        LongSupplier hurried = () -> System.nanoTime() * 1_000;
        SpoolOptions options = new SpoolOptions(Duration.ofMillis(5), Duration.ofDays(9), 8 << 20, 16 << 20, 0);
        try (Spool spool =
                TickingSpool.open(new SpoolWorld(options, disk, hurried, new SecureRandom()), folder, heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            append(take, 0, 100);
            heard.await(() -> take.committed() == 100);
            for (int attempt = 1; attempt <= 40; attempt++) {
                int faults = heard.faults.size();
                disk.fillUpAfter(SegmentHeader.BYTES + 20);
                append(take, 100L * attempt, 100L * attempt + 1);
                heard.await(() -> heard.faults.size() > faults);
            }
            assertThat(sources(folder, RECORDING)).hasSizeLessThan(4);
            disk.fillUpAfter(Long.MAX_VALUE);
            tape.finish(1, "").get(60, TimeUnit.SECONDS);
            assertThat(take.committed()).isEqualTo(140);
        }
    }

    @Test
    void whatWaitsForASilentDiskIsBoundedWhateverItIs() throws Exception {
        try (Spool spool = open(Heard.options())) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            heard.await(() -> tape.committed() == 2);
            assertThat(tape.hasRoom()).isTrue();
            disk.fallSilent();
            tape.record(1, new Event.PersonJoined("cem", "Cem"));
            heard.await(disk::isWaitedFor);
            int described = 0;
            while (take.describe(2, description(1))) {
                described++;
            }
            assertThat((long) described * 100).isLessThan(OpenTape.MAX_WAITING_BYTES);
            assertThat(tape.hasRoom()).isFalse();
            disk.answer();
            heard.await(tape::hasRoom);
            assertThat(take.describe(3, description(1))).isTrue();
            tape.finish(4, "").get(60, TimeUnit.SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(tape.takes().getFirst().description()).isEqualTo(description(1));
        }
    }

    private static void append(Take take, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            byte[] packet = packet(take.number(), 0, sequence);
            take.append(0, sequence, sequence, packet, 0, packet.length);
        }
    }

    private Spool open(SpoolOptions options) throws TapeFault {
        SpoolWorld world = new SpoolWorld(options, disk, System::nanoTime, new SecureRandom());
        return TickingSpool.open(world, folder, heard);
    }
}
