package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.spool.SlowSpool;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real calls on disks that are full, or slow. */
class DiskTroubleTest {
    private static final RecorderOptions OPTIONS = new RecorderOptions(
            Duration.ofSeconds(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMillis(200),
            Duration.ofMinutes(2));

    /** So little memory that a disk which takes nothing is felt within seconds. */
    private static final SpoolOptions LITTLE_MEMORY =
            new SpoolOptions(Duration.ofMillis(50), Duration.ofSeconds(2), 8 << 20, 8 * 32 << 10, 3_200_000);

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void CAP_2_aFullDiskEndsTheTakesAndTheNextBeginWhenThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()),
                "only root may mount a small file system");
        try (var stage = new RecordingStage(
                        database, folder, Files.createDirectories(disk.resolve("spool")), OPTIONS, LITTLE_MEMORY)
                .begin()) {
            fillsUp(stage, disk.resolve("filler"));
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static void fillsUp(RecordingStage stage, Path filler) throws Exception {
        Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");
        awaitSent(anna, 200);

        fill(filler);
        Await.until("the room is told of the loss", () -> anna.trouble().equals("losing"));
        assertThat(anna.recordingStates().getLast()).contains("The recording cannot be written: the disk is full.");
        awaitSent(anna, 100);
        Files.delete(filler);
        Await.until("and that it is over", () -> anna.trouble().equals("null"));
        awaitSent(anna, 200);
        stage.recorder.stop(id, "stopped by Anna");
        Await.until("it ends", () -> state(stage, id) == RecordingState.PROCESSING);

        List<TakeFacts> facts = stage.takes.takes(id);
        assertThat(facts).hasSizeGreaterThan(2);
        assertThat(facts.getLast().closeReason()).isEqualTo("stopped");
        try (RecordedTape tape = stage.tapes.open(id)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(reasons(tape)).contains("The recording cannot be written: the disk is full.");
            for (RecordedTake take : tape.takes()) {
                TakeFacts fact = facts.get(take.number() - 1);
                assertThat(fact.take()).isEqualTo(take.number());
                assertThat(onTape(take))
                        .as("what was accepted of take %d", take.number())
                        .isEqualTo(fact.packets());
                assertThat(dropped(tape, take.number())).isEqualTo(fact.dropped());
                assertWhole(take);
                assertThat(reports(tape, take.number()))
                        .as("reports of take %d", take.number())
                        .isPositive();
            }
            assertThat(facts.stream().mapToLong(TakeFacts::dropped).sum()).isPositive();
        }

        fill(filler);
        int before = stage.recorded().size();
        assertThatThrownBy(() -> stage.start("More"))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.id()).isEqualTo(ErrorId.DISK_FULL));
        assertThat(stage.recorded()).hasSize(before);
        Files.delete(filler);
    }

    @Test
    void CAP_2_aDiskThatAnswersIn2SecondsCostsTheCallNothingAndWhatIsLostIsCountedOnTape() throws Exception {
        Path spool = folder.resolve("spool");
        SpoolOptions options = LITTLE_MEMORY.withReserveBytes(0);
        try (var stage = new RecordingStage(
                        database, folder, OPTIONS, news -> SlowSpool.open(spool, options, news, Duration.ofSeconds(2)))
                .begin()) {
            Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            Attendee bo = stage.join("Bo").publish(RecordingStage.clip("0xC06020", 660));
            bo.peer().viewing().get();
            awaitSent(anna, 50);
            UUID id = stage.start("Talk");

            Await.until("something is lost", () -> stage.recorder.droppedPackets() > 0);
            assertThat(stage.recorder.status(RecordingStage.SESSION)).isNotNull();
            Await.until("it is recorded again", () -> anna.trouble().equals("null"));
            awaitSent(anna, 100);
            stage.recorder.stop(id, "stopped by Anna");
            Await.until("it ends", () -> state(stage, id) == RecordingState.PROCESSING);

            assertThat(bo.peer().received())
                    .isNotEmpty()
                    .allSatisfy(stream -> assertThat(stream.missing()).isZero());
            try (RecordedTape tape = stage.tapes.open(id)) {
                assertThat(tape.damage()).isEmpty();
                long dropped = 0;
                for (RecordedTake take : tape.takes()) {
                    assertWhole(take);
                    dropped += dropped(tape, take.number());
                }
                assertThat(dropped).isEqualTo(stage.recorder.droppedPackets()).isPositive();
                assertThat(reasons(tape)).contains("The disk is too slow for what is recorded.");
            }
        }
    }

    private static RecordingState state(RecordingStage stage, UUID id) {
        return stage.recordings.find(id).orElseThrow().state();
    }

    private static void awaitSent(Attendee attendee, int more) {
        int before = attendee.peer().log().size();
        Await.until(more + " more packets", () -> attendee.peer().log().size() >= before + more);
    }

    /** Until nothing is left. */
    private static void fill(Path filler) {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    private static long onTape(RecordedTake take) {
        long count = 0;
        for (TapeRecord ignored : take.arrivals()) {
            count++;
        }
        return count;
    }

    /** Within a take nothing is missing. */
    private static void assertWhole(RecordedTake take) {
        for (StreamDescription stream : take.description().streams()) {
            List<Long> sequences = new ArrayList<>();
            for (TapeRecord record : take.records(stream.stream())) {
                sequences.add(record.sequence());
            }
            if (!sequences.isEmpty()) {
                assertThat(sequences)
                        .isEqualTo(LongStream.rangeClosed(sequences.getFirst(), sequences.getLast())
                                .boxed()
                                .toList());
            }
        }
    }

    private static List<String> reasons(RecordedTape tape) {
        return tape.journal().stream()
                .map(Stamped::event)
                .filter(Event.TakeClosed.class::isInstance)
                .map(event -> ((Event.TakeClosed) event).reason())
                .toList();
    }

    private static long dropped(RecordedTape tape, int take) {
        return tape.journal().stream()
                .map(Stamped::event)
                .filter(Event.PacketsDropped.class::isInstance)
                .map(Event.PacketsDropped.class::cast)
                .filter(event -> event.take() == take)
                .mapToLong(Event.PacketsDropped::count)
                .sum();
    }

    private static long reports(RecordedTape tape, int take) {
        return tape.journal().stream()
                .map(Stamped::event)
                .filter(event -> event instanceof Event.SenderReported report && report.take() == take)
                .count();
    }
}
