package org.everytake.studio.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.everytake.render.mp4.Piece;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.ChosenLayout;
import org.everytake.studio.library.Film;
import org.everytake.studio.library.FilmStore;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.RecordingStage;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Films made by the real FFmpeg of a real recording, while it goes on. */
class FilmsTest {
    @TempDir
    Path folder;

    private Database database;
    private RecordingStage stage;
    private FilmStore films;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
        films = new FilmStore(database.jdbi());
        stage = new RecordingStage(
                        database,
                        folder,
                        RecorderOptions.standard(),
                        SpoolOptions.standard().withReserveBytes(0))
                .begin();
    }

    @AfterEach
    void close() {
        stage.production.films().close();
        stage.close();
        database.close();
    }

    private UUID record() throws Exception {
        Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
        Await.until("media", () -> anna.peer().log().size() > 50);
        return stage.start("Talk");
    }

    private int pieces(UUID recording) {
        return films.find(recording).map(film -> film.pieces().size()).orElse(0);
    }

    private void run(String kind, String subject) throws Exception {
        stage.run(stage.making(kind), subject);
    }

    private Rendition composite(UUID recording) {
        return stage.renditions.of(recording).stream()
                .filter(rendition -> rendition.kind() == Rendition.Kind.COMPOSITE)
                .findFirst()
                .orElseThrow();
    }

    /** A film of which somebody chose the layout is ready. */
    private void inAnotherLayout(UUID recording) {
        UUID id = stage.renditions.create(
                UUID.randomUUID(),
                recording,
                Rendition.Kind.COMPOSITE,
                RenditionFormat.MP4,
                null,
                new ChosenLayout("grid", "{}", null),
                "Talk - grid.mp4",
                stage.now());
        stage.renditions.rendering(id);
        var made = new Rendition.Made("object", 1_000, 2_000, "ab".repeat(32), List.of(), "Everytake of a test");
        stage.renditions.ready(id, made, stage.now());
    }

    private byte[] object(UUID recording, String name) throws Exception {
        try (InputStream in = stage.shelf.openRendition(recording, name)) {
            return in.readAllBytes();
        }
    }

    private static boolean contains(byte[] whole, byte[] part) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (whole[at] == part[0] && ByteBuffer.wrap(whole, at, part.length).equals(ByteBuffer.wrap(part))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void REN_8_aRecordingIsFilmedWhileItGoesOnAndItsFileIsMadeOfThePieces() throws Exception {
        stage.production.films().start();
        UUID recording = record();
        Await.until("a piece while it goes on", () -> pieces(recording) > 0);
        stage.production.films().close(); // as when the server ends: what is missing is made later
        int there = pieces(recording);
        stage.recorder.stop(recording, "stopped by Anna");
        inAnotherLayout(recording);
        stage.passes(Duration.ofHours(2));
        run(Films.ERASE, JobKind.ITSELF);
        assertThat(pieces(recording))
                .as("of a film in another layout it is not made")
                .isEqualTo(there);
        run(Production.COMPOSITE, composite(recording).id().toString());

        Film film = films.find(recording).orElseThrow();
        assertThat(film.over()).isTrue();
        assertThat(film.pieces().size()).isGreaterThan(there);
        long filmedMillis =
                film.pieces().stream().mapToLong(Film.Piece::durationNanos).sum() / 1_000_000;
        Rendition made = composite(recording);
        assertThat(made.state()).isEqualTo(RenditionState.READY);
        assertThat(made.durationMillis()).isEqualTo(filmedMillis);
        byte[] file = object(recording, Objects.requireNonNull(made.object()));
        for (int number = 0; number < film.pieces().size(); number++) {
            Piece piece = Piece.of(object(recording, "recordings/" + recording + "/film/" + number));
            assertThat(piece.pictures().getFirst().key()).isTrue();
            assertThat(contains(file, piece.pictures().getFirst().bytes()))
                    .as("piece %d is in the file as it was", number)
                    .isTrue();
        }

        run(Films.ERASE, JobKind.ITSELF);
        assertThat(films.find(recording)).as("somebody may still watch").isPresent();
        stage.passes(Duration.ofHours(2));
        run(Films.ERASE, JobKind.ITSELF);
        assertThat(films.find(recording)).isEmpty();
    }

    @Test
    void REN_8_whatNobodyAskedToWatchIsNotComposedUntilSomebodyDoes() throws Exception {
        database.jdbi().useHandle(handle -> handle.execute("update organisations set films = 'on-first-view'"));
        stage.production.films().start();
        UUID recording = record();
        assertThat(films.toFollow()).isEmpty();
        stage.recorder.stop(recording, "stopped by Anna");
        assertThat(stage.renditions.of(recording))
                .isNotEmpty()
                .noneMatch(rendition -> rendition.kind() == Rendition.Kind.COMPOSITE);

        films.want(recording, stage.now());
        stage.complete(recording);
        run(Production.COMPOSITE, composite(recording).id().toString());
        assertThat(composite(recording).state()).isEqualTo(RenditionState.READY);
        assertThat(films.find(recording).orElseThrow().over())
                .as("and could be watched meanwhile")
                .isTrue();
    }

    @Test
    void REN_8_whoLooksAtARecordingThatRunsHasItFilmed() throws Exception {
        database.jdbi().useHandle(handle -> handle.execute("update organisations set films = 'on-first-view'"));
        UUID recording = record();
        films.want(recording, stage.now());
        assertThat(films.toFollow()).containsExactly(recording);
        database.jdbi().useHandle(handle -> {
            handle.execute("update recordings set film_wanted_at = null");
            handle.execute("update organisations set films = 'never'");
        });
        films.want(recording, stage.now());
        assertThat(films.toFollow()).isEmpty();
    }
}
