package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.record.RecordingStatus.Phase;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.read.Interruption;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.spool.SpoolOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds after a server that did not end as it should, or in the middle of something. */
class RecoveryTest {
    private static final SpoolOptions SPOOL = SpoolOptions.standard().withReserveBytes(0);
    private static final Duration WITHIN = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private RecordingStage stage(Database database, Path spool) throws Exception {
        return stage(database, spool, Duration.ZERO);
    }

    private RecordingStage stage(Database database, Path spool, Duration continueWithin) throws Exception {
        RecorderOptions options = RecorderOptions.standard().withContinueWithin(continueWithin);
        return new RecordingStage(database, folder, spool, options, SPOOL);
    }

    private static void awaitSent(Attendee attendee, int more) {
        int before = attendee.peer().log().size();
        Await.until(more + " more packets", () -> attendee.peer().log().size() >= before + more);
    }

    /** What lies on the disk at this moment, as a kill would leave it. */
    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private void finish(RecordingStage stage, UUID id) throws Exception {
        assertThat(stage.waiting(Recovery.FINISH)).contains(id.toString());
        stage.run(stage.recovery.finishing(), id.toString());
    }

    @Test
    void aRecordingThatAKillCutShortIsFinishedAtTheNextStartAndTwiceEqualsOnce() throws Exception {
        Path killed = folder.resolve("killed");
        try (var database = TestDatabase.fresh();
                var first = stage(database, folder.resolve("spool"))) {
            Attendee anna = first.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            awaitSent(anna, 20);
            UUID id = first.start("Talk");
            awaitSent(anna, 200);
            copy(folder.resolve("spool"), killed);
            try (var second = stage(database, killed)) {
                second.begin();
                Recording found = second.recordings.find(id).orElseThrow();
                assertThat(found.state()).isEqualTo(RecordingState.STOPPING);
                assertThat(found.failure()).isNotBlank();
                second.recovery.run();

                finish(second, id);
                second.run(second.recovery.finishing(), id.toString());

                assertThat(second.recordings.find(id).orElseThrow().state()).isEqualTo(RecordingState.PROCESSING);
                assertThat(second.renditions.of(id)).hasSize(5);
                List<TakeFacts> takes = second.takes.takes(id);
                assertThat(takes).hasSize(2).allMatch(take -> take.packets() > 0);
                Await.until("shipped", () -> second.segments.of(id).stream().allMatch(s -> s.shippedAt() != null));
                try (RecordedTape tape = second.tapes.open(id)) {
                    assertThat(tape.journal().getLast().event()).isInstanceOf(Event.Interrupted.class);
                }
            }
        }
    }

    @Test
    void CAP_4_aRecordingThatAKillCutOffGoesOnAsItsNextPartWhenPeopleComeBack() throws Exception {
        Path killed = folder.resolve("killed");
        try (var database = TestDatabase.fresh();
                var first = stage(database, folder.resolve("spool"))) {
            Attendee anna = first.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            awaitSent(anna, 20);
            UUID id = first.start("Talk");
            awaitSent(anna, 200);
            copy(folder.resolve("spool"), killed);
            try (var second = stage(database, killed, WITHIN)) {
                second.begin();
                assertThat(phase(second)).isEqualTo(Phase.WAITING);
                assertThat(second.recordings.find(id).orElseThrow().state()).isEqualTo(RecordingState.RECORDING);

                Attendee back = second.comesBack("Anna", anna.pass());
                assertThat(back.person()).isEqualTo(anna.person());
                back.publish(RecordingStage.clip("0x2060C0", 440));
                Await.until("it goes on", () -> phase(second) == Phase.RECORDING);
                awaitSent(back, 200);
                second.recorder.stop(id, "stopped by Anna");
                finish(second, id);

                Recording whole = second.recordings.find(id).orElseThrow();
                assertThat(whole.state()).isEqualTo(RecordingState.PROCESSING);
                assertThat(whole.failure())
                        .startsWith("The server was away at 0:0")
                        .endsWith("is missing.");
                assertThat(second.takes.people(id)).hasSize(1);
                assertThat(second.takes.takes(id)).hasSize(4).allMatch(take -> take.packets() > 0);
                try (RecordedTape tape = second.tapes.open(id)) {
                    assertThat(tape.damage()).isEmpty();
                    List<Interruption> away = Interruption.of(tape.journal());
                    assertThat(away).hasSize(1).allMatch(Interruption::wentOn);
                    assertThat(tape.journal().getLast().event())
                            .isEqualTo(new Event.RecordingStopped("stopped by Anna"));
                    assertThat(whole.durationMillis() * 1_000_000)
                            .isGreaterThan(away.getFirst().toNanos());
                    assertThat(tape.journal()).isSortedAccordingTo(Comparator.comparingLong(Stamped::stampNanos));
                }
            }
        }
    }

    @Test
    void CAP_4_nobodyCameBackInTimeSoItEndsWhereItWasCutOff() throws Exception {
        Path killed = folder.resolve("killed");
        try (var database = TestDatabase.fresh();
                var first = stage(database, folder.resolve("spool"))) {
            Attendee anna = first.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            awaitSent(anna, 20);
            UUID id = first.start("Talk");
            awaitSent(anna, 100);
            copy(folder.resolve("spool"), killed);
            try (var second = stage(database, killed, Duration.ofSeconds(8))) {
                second.begin();
                assertThat(phase(second)).isEqualTo(Phase.WAITING);
                Await.until("it has waited long enough", () -> phase(second) == null);
                finish(second, id);

                Recording cut = second.recordings.find(id).orElseThrow();
                assertThat(cut.state()).isEqualTo(RecordingState.PROCESSING);
                assertThat(cut.failure()).isEqualTo(Away.CUT_SHORT);
                assertThat(cut.durationMillis()).isLessThan(8_000);
                assertThat(second.takes.takes(id)).hasSize(2);
            }
        }
    }

    @Test
    void CAP_4_aRecordingThatWaitsCanBeStopped() throws Exception {
        Path spool = folder.resolve("spool");
        UUID id;
        Database database = TestDatabase.fresh();
        try (var first = stage(database, spool, WITHIN)) {
            Attendee anna = first.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            awaitSent(anna, 20);
            id = first.start("Talk");
            awaitSent(anna, 100);
            first.recorder.close();
        }
        try (database;
                var second = stage(database, spool, WITHIN)) {
            second.begin();
            assertThat(phase(second)).isEqualTo(Phase.WAITING);

            second.recorder.stop(id, "stopped by Anna");
            assertThat(phase(second)).isNull();
            finish(second, id);

            Recording found = second.recordings.find(id).orElseThrow();
            assertThat(found.state()).isEqualTo(RecordingState.PROCESSING);
            assertThat(found.failure()).isEqualTo(Away.CUT_SHORT);
        }
    }

    private static @Nullable Phase phase(RecordingStage stage) {
        RecordingStatus status = stage.recorder.status(RecordingStage.SESSION);
        return status == null ? null : status.phase();
    }

    @Test
    void aServerThatEndsAsItShouldLosesNothing() throws Exception {
        Path spool = folder.resolve("spool");
        UUID id;
        int sent;
        Database database = TestDatabase.fresh();
        try (var first = stage(database, spool)) {
            Attendee anna = first.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            awaitSent(anna, 20);
            id = first.start("Talk");
            awaitSent(anna, 100);
            sent = anna.peer().log().size();
            first.recorder.close();
        }
        try (database;
                var second = stage(database, spool)) {
            second.recovery.run();
            finish(second, id);

            Recording found = second.recordings.find(id).orElseThrow();
            assertThat(found.state()).isEqualTo(RecordingState.PROCESSING);
            assertThat(found.failure()).isEqualTo(Away.CUT_SHORT);
            assertThat(second.takes.takes(id).stream()
                            .mapToLong(TakeFacts::packets)
                            .sum())
                    .isBetween(100L, sent + 1_000L);
        }
    }

    @Test
    void aStartThatWasCutShortBeforeAnythingWasOnTapeHasFailed() throws Exception {
        try (var database = TestDatabase.fresh();
                var stage = stage(database, folder.resolve("spool"))) {
            UUID id = UUID.fromString("01998f00-0000-7000-8000-000000000001");
            stage.recordings.create(
                    id, UUID.fromString(RecordingStage.SESSION), "Talk", SessionMode.VIDEO, "Anna", stage.now());

            stage.recovery.run();
            finish(stage, id);

            Recording failed = stage.recordings.find(id).orElseThrow();
            assertThat(failed.state()).isEqualTo(RecordingState.FAILED);
            assertThat(failed.failure()).endsWith(".");
        }
    }
}
