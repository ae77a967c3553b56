package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.Event;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds after a server that did not end as it should, or in the middle of something. */
class RecoveryTest {
    private static final SpoolOptions SPOOL = SpoolOptions.standard().withReserveBytes(0);

    @TempDir
    Path folder;

    private RecordingStage stage(Database database, Path spool) throws Exception {
        return new RecordingStage(database, folder, spool, RecorderOptions.standard(), SPOOL);
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
    void aServerThatEndsAsItShouldSealsWhatRuns() throws Exception {
        Path spool = folder.resolve("spool");
        UUID id;
        Database database = TestDatabase.fresh();
        try (var first = stage(database, spool)) {
            Attendee anna = first.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
            awaitSent(anna, 20);
            id = first.start("Talk");
            awaitSent(anna, 100);
            first.recorder.close();
        }
        try (database;
                var second = stage(database, spool)) {
            second.recovery.run();

            Recording found = second.recordings.find(id).orElseThrow();
            assertThat(found.state()).isEqualTo(RecordingState.PROCESSING);
            assertThat(found.failure()).isNull();
            try (RecordedTape tape = second.tapes.open(id)) {
                assertThat(tape.journal().getLast().event()).isEqualTo(new Event.RecordingStopped("server stopped"));
            }
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
