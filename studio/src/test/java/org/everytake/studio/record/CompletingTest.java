package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.Rendition.Kind;
import org.everytake.studio.produce.Production;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording from before there were files of sound alone gets them, when nobody waits for anything else. */
class CompletingTest {
    @TempDir
    Path folder;

    private Database database;
    private RecordingStage stage;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
        stage = new RecordingStage(
                        database,
                        folder,
                        RecorderOptions.standard(),
                        SpoolOptions.standard().withReserveBytes(0))
                .begin();
    }

    @AfterEach
    void close() {
        stage.close();
        database.close();
    }

    private void step() throws Exception {
        stage.run(stage.completing.kind(), JobKind.ITSELF);
    }

    private void made(Rendition rendition) {
        stage.renditions.rendering(rendition.id());
        var made = new Rendition.Made("object", 1_000, 2_000, "ab".repeat(32), List.of(), "Everytake of a test");
        stage.renditions.ready(rendition.id(), made, stage.now());
        stage.production.cancel(rendition.id());
    }

    private RecordingState state(UUID id) {
        return stage.recordings.find(id).orElseThrow().state();
    }

    @Test
    void REN_5_anOlderRecordingGetsItsFilesOfSoundOnceNothingElseWaits() throws Exception {
        Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
        Await.until("media", () -> anna.peer().log().size() > 50);
        UUID id = stage.start("Talk");
        int before = anna.peer().log().size();
        Await.until("2 s of media", () -> anna.peer().log().size() > before + 250);
        stage.recorder.stop(id, "stopped by Anna");
        // As an older version left it: nobody asked for its sound.
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "delete from renditions where recording = ? and kind in ('mix', 'participant-sound')", id));
        List<Rendition> pictures = stage.renditions.of(id);
        assertThat(pictures).extracting(Rendition::kind).containsExactly(Kind.COMPOSITE, Kind.PARTICIPANT, Kind.RAW);
        step();
        assertThat(stage.renditions.of(id)).as("while the composite waits").hasSize(3);

        pictures.forEach(this::made);
        assertThat(state(id)).isEqualTo(RecordingState.READY);
        step();

        assertThat(state(id)).isEqualTo(RecordingState.PROCESSING);
        List<Rendition> all = stage.renditions.of(id);
        assertThat(all)
                .extracting(Rendition::name)
                .containsExactly("Talk.mp4", "Anna.mov", "Talk.mp3", "Anna.mp3", "Talk.tar.gz");
        List<Rendition> sounds = all.subList(2, 4);
        assertThat(stage.waiting(Production.SOUND))
                .containsExactlyInAnyOrderElementsOf(
                        sounds.stream().map(sound -> sound.id().toString()).toList());

        sounds.forEach(this::made);
        assertThat(state(id)).isEqualTo(RecordingState.READY);
        step();
        assertThat(state(id)).isEqualTo(RecordingState.READY);
        assertThat(stage.renditions.of(id)).hasSize(5);
    }
}
