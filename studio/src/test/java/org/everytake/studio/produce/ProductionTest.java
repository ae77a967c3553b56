package org.everytake.studio.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.render.RenderFault;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.RecordingStage;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.FolderStore;
import org.everytake.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by the real FFmpeg of a real recording. */
class ProductionTest {
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
        Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
        Await.until("media", () -> anna.peer().log().size() > 50);
        recording = stage.start("Talk");
        int before = anna.peer().log().size();
        Await.until("2 s of media", () -> anna.peer().log().size() > before + 250);
        stage.recorder.stop(recording, "stopped by Anna");
    }

    @AfterEach
    void close() {
        stage.close();
        database.close();
    }

    private JobKind kind(Rendition rendition) {
        String name = switch (rendition.kind()) {
            case COMPOSITE -> Production.COMPOSITE;
            case PARTICIPANT -> Production.PARTICIPANT;
            case MIX, PARTICIPANT_SOUND -> Production.SOUND;
            case RAW -> Production.RAW;
        };
        return stage.production.kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Rendition of(Rendition.Kind kind) {
        return stage.renditions.of(recording).stream()
                .filter(rendition -> rendition.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private Rendition composite() {
        return of(Rendition.Kind.COMPOSITE);
    }

    private Rendition participant() {
        return of(Rendition.Kind.PARTICIPANT);
    }

    private Rendition raw() {
        return of(Rendition.Kind.RAW);
    }

    private void runSounds() throws Exception {
        run(of(Rendition.Kind.MIX));
        run(of(Rendition.Kind.PARTICIPANT_SOUND));
    }

    private void run(Rendition rendition) throws Exception {
        stage.run(kind(rendition), rendition.id().toString());
    }

    private RecordingState state() {
        return stage.recordings.find(recording).orElseThrow().state();
    }

    private byte[] content(Rendition rendition) throws IOException {
        Vault vault = new Vault(FolderStore.open(folder.resolve("vault")));
        try (var channel = vault.open(
                Objects.requireNonNull(rendition.object()),
                stage.shelf.renditionSealing(recording).orElseThrow())) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }

    private List<String> probe(Rendition rendition) throws Exception {
        Path file = folder.resolve("probed." + rendition.name().replaceAll(".*\\.", ""));
        Files.write(file, content(rendition));
        Process process = new ProcessBuilder(
                        "ffprobe",
                        "-v",
                        "error",
                        "-show_entries",
                        "stream=codec_name,width,height",
                        "-of",
                        "csv=p=0",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    @Test
    void LIB_1_aRecordingHasAPictureOnceItsCompositeIsReady() throws Exception {
        run(composite());
        assertThat(stage.waiting(Pictures.PICTURE))
                .containsExactly(composite().id().toString());
        JobKind picture = stage.production.kinds().stream()
                .filter(kind -> kind.name().equals(Pictures.PICTURE))
                .findFirst()
                .orElseThrow();

        stage.run(picture, composite().id().toString());

        var made = stage.recordings.find(recording).orElseThrow();
        Vault vault = new Vault(FolderStore.open(folder.resolve("vault")));
        byte[] bytes;
        try (var channel = vault.open(
                org.everytake.studio.library.VaultShelf.thumbnailObject(recording),
                stage.shelf.renditionSealing(recording).orElseThrow())) {
            bytes = Channels.newInputStream(channel).readAllBytes();
        }
        assertThat(made.thumbnailBytes()).isEqualTo(bytes.length);
        assertThat(made.thumbnail()).isEqualTo(MeasuredFile.sha256Hex(bytes));
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getHeight()).isEqualTo(180);
    }

    @Test
    void REN_1_REN_3_compositeThenOneFileForEachParticipantAndThenTheRecordingIsReady() throws Exception {
        assertThat(stage.waiting(Production.PARTICIPANT)).isEmpty();
        assertThat(stage.waiting(Production.SOUND)).isEmpty();
        run(composite());

        Rendition made = composite();
        assertThat(made.state()).isEqualTo(RenditionState.READY);
        assertThat(made.name()).isEqualTo("Talk.mp4");
        byte[] bytes = content(made);
        assertThat(made.sizeBytes()).isEqualTo(bytes.length);
        assertThat(made.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(Objects.requireNonNull(made.durationMillis())).isBetween(1500L, 20_000L);
        assertThat(probe(made)).containsExactlyInAnyOrder("h264,1280,720", "aac");
        assertThat(state()).isEqualTo(RecordingState.PROCESSING);
        assertThat(stage.waiting(Production.PARTICIPANT))
                .containsExactly(participant().id().toString());

        run(participant());

        assertThat(participant().state()).isEqualTo(RenditionState.READY);
        assertThat(probe(participant())).containsExactlyInAnyOrder("h264,640,360", "aac");
        assertThat(state()).isEqualTo(RecordingState.PROCESSING);
        runSounds();
        assertThat(state()).isEqualTo(RecordingState.PROCESSING);
        run(raw());
        assertThat(state()).isEqualTo(RecordingState.READY);
        assertThat(Files.list(folder.resolve("scratch"))).isEmpty();
    }

    @Test
    void REN_2_theRawArchiveIsAskedForAtOnceAndIsThereBeforeAnythingIsEncoded() throws Exception {
        assertThat(stage.waiting(Production.RAW)).containsExactly(raw().id().toString());

        run(raw());

        Rendition made = raw();
        assertThat(made.state()).isEqualTo(RenditionState.READY);
        assertThat(List.of(made.name(), made.contentType())).containsExactly("Talk.tar.gz", "application/gzip");
        assertThat(made.remarks()).isEmpty();
        assertThat(Objects.requireNonNull(made.durationMillis())).isBetween(1500L, 20_000L);
        byte[] bytes = content(made);
        assertThat(made.sizeBytes()).isEqualTo(bytes.length);
        Path archive = Files.write(folder.resolve("raw.tar.gz"), bytes);
        Process tar = new ProcessBuilder("tar", "-tzf", archive.toString())
                .redirectErrorStream(true)
                .start();
        String in = RecordingStage.SESSION + "/" + recording + "/";
        assertThat(tar.inputReader().lines())
                .startsWith(in + "info.json")
                .contains(in + "01-anna-audio.mjr", in + "01-anna-video.mjr");
        assertThat(composite().state()).isEqualTo(RenditionState.QUEUED);
    }

    @Test
    void STO_3_anArchiveIsPublishedWholeOrNotAtAll() throws Exception {
        Rendition raw = raw();
        Path object = folder.resolve("vault")
                .resolve(org.everytake.studio.library.VaultShelf.renditionObject(recording, raw.id()));
        assertThatThrownBy(() -> stage.run(kind(raw), raw.id().toString(), () -> true))
                .isInstanceOf(CancellationException.class);
        assertThat(object).doesNotExist();
        assertThat(raw().state()).isEqualTo(RenditionState.RENDERING);

        run(raw);
        byte[] once = content(raw());
        database.jdbi()
                .useHandle(handle -> handle.execute("update renditions set state = 'queued' where kind = 'raw'"));
        run(raw);

        assertThat(content(raw())).isEqualTo(once);
        assertThat(object).exists();
    }

    @Test
    void REN_1_REN_5_soundOfEverybodyAndOfEachComesAfterTheComposite() throws Exception {
        run(composite());
        Rendition mix = of(Rendition.Kind.MIX);
        Rendition anna = of(Rendition.Kind.PARTICIPANT_SOUND);
        assertThat(stage.waiting(Production.SOUND))
                .containsExactlyInAnyOrder(mix.id().toString(), anna.id().toString());

        runSounds();

        assertThat(List.of(mix.name(), anna.name())).containsExactly("Talk.mp3", "Anna.mp3");
        assertThat(anna.person()).isEqualTo(participant().person());
        for (Rendition made : List.of(of(Rendition.Kind.MIX), of(Rendition.Kind.PARTICIPANT_SOUND))) {
            assertThat(made.state()).isEqualTo(RenditionState.READY);
            assertThat(made.contentType()).isEqualTo("audio/mpeg");
            assertThat(made.durationMillis()).isEqualTo(composite().durationMillis());
            assertThat(content(made))
                    .hasSize(Objects.requireNonNull(made.sizeBytes()).intValue());
            assertThat(probe(made)).containsExactly("mp3");
        }
        assertThat(Files.list(folder.resolve("scratch"))).isEmpty();
    }

    @Test
    void aJobThatRunsTwiceChangesNothing() throws Exception {
        run(composite());
        Rendition once = composite();

        run(composite());

        assertThat(composite()).isEqualTo(once);
    }

    @Test
    void aWorkerThatDiedHalfWayLeavesNothingBehindThatTheNextMinds() throws Exception {
        Rendition composite = composite();
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(
                        () -> stage.run(kind(composite), composite.id().toString(), () -> asked.incrementAndGet() > 2))
                .isInstanceOf(CancellationException.class);
        assertThat(composite().state()).isEqualTo(RenditionState.RENDERING);
        assertThat(Files.list(folder.resolve("scratch"))).isEmpty();

        run(composite);

        assertThat(composite().state()).isEqualTo(RenditionState.READY);
    }

    @Test
    void LIB_2_ofADeletedRecordingNothingIsMadeUntilItIsBroughtBack() throws Exception {
        Rendition composite = composite();
        String subject = composite.id().toString();
        hide(true);
        pick();
        assertThatThrownBy(() -> run(composite)).isInstanceOf(CancellationException.class);
        giveUp(composite);
        assertThat(composite().state()).isEqualTo(RenditionState.QUEUED);
        assertThat(Files.list(folder.resolve("scratch"))).isEmpty();

        // Brought back while the worker was leaving off: it is to be done again after all.
        hide(false);
        giveUp(composite);
        assertThat(composite().state()).isEqualTo(RenditionState.QUEUED);
        assertThat(stage.waiting(Production.COMPOSITE)).containsExactly(subject);
        assertThat(stage.jobs.isUnderWay(List.of(subject))).isFalse();

        stage.production.cancel(composite.id());
        assertThat(stage.waiting(Production.COMPOSITE)).isEmpty();
    }

    private void hide(boolean deleted) {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute("update recordings set deleted_at = " + (deleted ? "now()" : "null")));
    }

    private void pick() {
        database.jdbi().useHandle(handle -> handle.execute("update scheduled_tasks set picked = true"));
    }

    private void giveUp(Rendition rendition) {
        kind(rendition).gaveUp().gaveUp(rendition.id().toString(), new CancellationException("left off"));
    }

    @Test
    void whatCannotBeMadeSaysWhyAndCanBeTriedAgainWithoutHoldingUpTheRest() throws Exception {
        Rendition composite = composite();
        stage.renditions.rendering(composite.id());
        kind(composite)
                .gaveUp()
                .gaveUp(composite.id().toString(), new RenderFault("FFmpeg ended with a sentence for people."));

        assertThat(composite().failure()).isEqualTo("FFmpeg ended with a sentence for people.");
        run(participant());
        runSounds();
        run(raw());
        assertThat(state()).isEqualTo(RecordingState.READY);

        assertThat(stage.renditions.retry(composite.id())).isTrue();
        stage.production.make(composite.id());
        assertThat(state()).isEqualTo(RecordingState.PROCESSING);
        run(composite);
        assertThat(composite().state()).isEqualTo(RenditionState.READY);
        assertThat(state()).isEqualTo(RecordingState.READY);
    }

    @Test
    void whatIsNotMeantForPeopleStaysInTheLog() {
        Rendition composite = composite();
        kind(composite).gaveUp().gaveUp(composite.id().toString(), new IllegalStateException("null pointer at 0x12"));

        assertThat(composite().failure()).doesNotContain("0x12").endsWith(".");
    }

    @Test
    void theTimeThatIsLeftIsGuessedFromThatWhichIsGone() {
        assertThat(ProgressNotes.remainingMillis(10_000_000_000L, 0.25)).isEqualTo(30_000L);
        assertThat(ProgressNotes.remainingMillis(10_000_000_000L, 0.01)).isNull();
        assertThat(ProgressNotes.remainingMillis(10_000_000_000L, 1)).isZero();
    }
}
