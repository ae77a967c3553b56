package org.everytake.studio.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.everytake.render.RenderFault;
import org.everytake.render.layout.Shipped;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.library.ChosenLayout;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.RecordingStage;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.wire.rtp.AudioLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films in layouts that somebody chose, made by the real FFmpeg of a real call in which Anna is silent and Ben speaks. */
class ChosenLayoutTest {
    private static final String RED = "red";
    private static final String GREEN = "green";

    /** Who came first is on the left, who came next on the right. */
    private static final String SIDES = """
            {"version": 1, "names": false, "arrangements": [[
                {"shows": ["people"], "box": [0, 0, 50, 100], "most": 1, "shape": "box", "fit": "fill"},
                {"shows": ["people"], "box": [50, 0, 50, 100], "most": 1, "shape": "box", "fit": "fill"}]]}""";

    @TempDir
    Path folder;

    private Database database;
    private RecordingStage stage;
    private UUID recording;

    @BeforeEach
    void record() throws Exception {
        database = TestDatabase.fresh();
        stage = new RecordingStage(
                        database,
                        folder,
                        RecorderOptions.standard(),
                        SpoolOptions.standard().withReserveBytes(0))
                .begin();
        Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0xC02020", 440));
        anna.peer().audioLevel(AudioLevel.SILENCE);
        Attendee ben = stage.join("Ben").publish(RecordingStage.clip("0x20C020", 660));
        Await.until(
                "media",
                () -> Math.min(anna.peer().log().size(), ben.peer().log().size()) > 50);
        recording = stage.start("Talk");
        int before = ben.peer().log().size();
        Await.until("3 s of media", () -> ben.peer().log().size() > before + 375);
        stage.recorder.stop(recording, "stopped by Anna");
    }

    @AfterEach
    void close() {
        stage.close();
        database.close();
    }

    /** Asked for as the API does, in the format of which least is to be coded. */
    private Rendition asked(String name, String form) {
        UUID id = stage.renditions.create(
                UUID.randomUUID(),
                recording,
                Rendition.Kind.COMPOSITE,
                RenditionFormat.MP4_LD,
                null,
                new ChosenLayout(name, form, "Europe/Amsterdam"),
                "Talk - " + name + ".mp4",
                stage.now());
        stage.production.make(id);
        return now(id);
    }

    private Rendition now(UUID id) {
        return stage.renditions.find(id).orElseThrow();
    }

    private Rendition made(String name, String form) throws Exception {
        UUID id = asked(name, form).id();
        stage.run(stage.making(Production.COMPOSITE), id.toString());
        assertThat(now(id).state()).isEqualTo(RenditionState.READY);
        return now(id);
    }

    /** Which colour is strongest in a part of the picture over all of the film: white flashes are of all colours. */
    private String colour(Rendition film, String crop) throws Exception {
        Path file = folder.resolve("film.mp4");
        try (var in = stage.shelf.openRendition(recording, Objects.requireNonNull(film.object()))) {
            Files.write(file, in.readAllBytes());
        }
        Process process = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-i",
                        file.toString(),
                        "-vf",
                        "crop=" + crop + ",scale=1:1:flags=area",
                        "-pix_fmt",
                        "rgb24",
                        "-f",
                        "rawvideo",
                        "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] frames = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(frames.length).as("frames of a film of 2 s at least").isGreaterThan(3 * 50);
        long[] sums = new long[3];
        for (int i = 0; i < frames.length; i++) {
            sums[i % 3] += frames[i] & 0xFF;
        }
        long enough = 40L * frames.length / 3;
        return sums[0] > sums[1] + enough ? RED : sums[1] > sums[0] + enough ? GREEN : "neither";
    }

    @Test
    void REN_3_REN_9_aFilmOfTheSpeakerShowsWhoeverSpeaks() throws Exception {
        Rendition film = made("speaker", Shipped.form("speaker"));
        assertThat(colour(film, "iw*0.9:ih*0.6:iw*0.05:ih*0.1")).isEqualTo(GREEN);
        assertThat(film.isMain()).isFalse();
        assertThat(stage.waiting(Production.COMPOSITE))
                .as("what is watched first is made first, in the usual layout")
                .containsExactly(stage.renditions.of(recording).getFirst().id().toString());
    }

    @Test
    void REN_3_REN_9_anOrganisationsOwnLayoutIsFollowedAndTheFilmIsTheSameEachTime() throws Exception {
        Rendition film = made("Sides", SIDES);
        assertThat(colour(film, "iw*0.3:ih*0.5:iw*0.1:ih*0.1")).isEqualTo(RED);
        assertThat(colour(film, "iw*0.3:ih*0.5:iw*0.6:ih*0.1")).isEqualTo(GREEN);

        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "update renditions set state = 'queued', sha256 = null where id = ?", film.id()));
        stage.run(stage.making(Production.COMPOSITE), film.id().toString());
        assertThat(now(film.id()).sha256()).isEqualTo(film.sha256());
    }

    @Test
    void REN_9_aLayoutThatCannotBeReadIsSaidToBe() {
        Rendition film = asked("Odd", "{\"version\": 7, \"arrangements\": []}");
        assertThatThrownBy(() ->
                        stage.run(stage.making(Production.COMPOSITE), film.id().toString()))
                .isInstanceOf(RenderFault.class)
                .hasMessageContaining("The layout Odd cannot be used.")
                .hasMessageContaining("\"version\" must be 1");
    }
}
