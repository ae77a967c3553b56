package org.everytake.studio.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.render.Pieces;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Timeline;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.Companion;
import org.everytake.studio.library.CompanionStore;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.RecordingStage;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.read.RecordedTape;
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
            case PARTICIPANT -> rendition.isAsSent() ? Production.REMUX : Production.PARTICIPANT;
            case MIX, PARTICIPANT_SOUND -> Production.SOUND;
            case RAW -> Production.RAW;
            case QUALITY -> Production.QUALITY;
        };
        return stage.making(name);
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

    /** Asked for as the API does. */
    private Rendition asked(Rendition.Kind kind, RenditionFormat format, String name) {
        String person = kind == Rendition.Kind.PARTICIPANT ? participant().person() : null;
        stage.recordings.processing(recording, 0);
        UUID id = stage.renditions.create(UUID.randomUUID(), recording, kind, format, person, name, stage.now());
        stage.production.make(id);
        return stage.renditions.find(id).orElseThrow();
    }

    @Test
    void REN_10_whatSomebodySentIsMadeAtOnceWithoutEncoding() throws Exception {
        Rendition side = asked(Rendition.Kind.PARTICIPANT, RenditionFormat.WEBM, "Anna.webm");
        assertThat(stage.waiting(Production.REMUX))
                .as("it does not wait for the composite")
                .contains(side.id().toString());
        run(side);
        Rendition made = stage.renditions.find(side.id()).orElseThrow();
        assertThat(made.state()).isEqualTo(RenditionState.READY);
        assertThat(made.name()).isEqualTo("Anna." + made.format().extension());
        assertThat(made.contentType()).isEqualTo(made.format().contentType());
        assertThat(made.madeWith()).doesNotContain("FFmpeg");
        List<String> streams = probe(made);
        assertThat(streams).hasSize(2);
        assertThat(streams.get(0)).matches("(vp8|vp9|av1|h264),\\d+,\\d+");
        assertThat(streams.get(1)).startsWith("opus");
        boolean mp4 = streams.get(0).startsWith("h264");
        assertThat(made.format()).isEqualTo(mp4 ? RenditionFormat.MP4 : RenditionFormat.WEBM);
    }

    @Test
    void howWellItCameAcrossIsAFile() throws Exception {
        Rendition quality = asked(Rendition.Kind.QUALITY, RenditionFormat.JSON, "Talk.json");
        run(quality);
        Rendition made = stage.renditions.find(quality.id()).orElseThrow();
        assertThat(made.state()).isEqualTo(RenditionState.READY);
        assertThat(made.contentType()).isEqualTo("application/json");
        assertThat(new String(content(made), StandardCharsets.UTF_8))
                .contains("\"format\": \"everytake-quality\"", "\"kind\": \"camera\"", "\"lossAfterRepair\": 0.000000");
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

        stage.run(stage.making(Pictures.PICTURE), composite().id().toString());

        var made = stage.recordings.find(recording).orElseThrow();
        Vault vault = new Vault(FolderStore.open(folder.resolve("vault")));
        byte[] bytes;
        try (var channel = vault.open(
                VaultShelf.thumbnailObject(recording),
                stage.shelf.renditionSealing(recording).orElseThrow())) {
            bytes = Channels.newInputStream(channel).readAllBytes();
        }
        assertThat(made.thumbnailBytes()).isEqualTo(bytes.length);
        assertThat(made.thumbnail()).isEqualTo(MeasuredFile.sha256Hex(bytes));
        var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(bytes));
        assertThat(image.getWidth()).isEqualTo(320);
        assertThat(image.getHeight()).isEqualTo(180);
        var poster = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(companion(Companion.Kind.POSTER)));
        assertThat(poster.getWidth()).isEqualTo(1280);
        assertThat(poster.getHeight()).isEqualTo(720);
    }

    /** As it lies in the vault, and as the database knows it. */
    private byte[] companion(Companion.Kind kind) throws IOException {
        Companion kept =
                new CompanionStore(database.jdbi()).find(recording, kind).orElseThrow();
        Vault vault = new Vault(FolderStore.open(folder.resolve("vault")));
        try (var channel = vault.open(
                VaultShelf.companionObject(recording, kind),
                stage.shelf.renditionSealing(recording).orElseThrow())) {
            byte[] bytes = Channels.newInputStream(channel).readAllBytes();
            assertThat(kept).isEqualTo(new Companion(kind, bytes.length, MeasuredFile.sha256Hex(bytes)));
            return bytes;
        }
    }

    private String text(Companion.Kind kind) throws IOException {
        return new String(companion(kind), StandardCharsets.UTF_8);
    }

    @Test
    void REN_4_chaptersAndTheShapeOfItsSoundAreThereWithTheComposite() throws Exception {
        run(composite());
        assertThat(text(Companion.Kind.CHAPTERS)).contains("\"everytake-chapters\"", "\"title\": \"Start\"");
        assertThat(text(Companion.Kind.CHAPTERS_VTT))
                .startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:")
                .endsWith("\nStart\n");
        String waveform = text(Companion.Kind.WAVEFORM);
        assertThat(waveform).contains("\"channels\": 2,", "\"name\": \"Anna\"");
        long pixels = Math.ceilDiv(Objects.requireNonNull(composite().durationMillis()), 20);
        assertThat(waveform).contains("\"length\": " + pixels + ",");
        runSounds();
        assertThat(text(Companion.Kind.WAVEFORM))
                .as("sound alone changes nothing")
                .isEqualTo(waveform);
    }

    @Test
    void REN_5_whereThereIsNoFilmTheyComeWithTheSoundOfEverybody() throws Exception {
        database.jdbi().useHandle(handle -> handle.execute("delete from renditions where kind = 'composite'"));
        run(of(Rendition.Kind.PARTICIPANT_SOUND));
        assertThat(new CompanionStore(database.jdbi()).find(recording, Companion.Kind.WAVEFORM))
                .isEmpty();
        run(of(Rendition.Kind.MIX));
        assertThat(text(Companion.Kind.WAVEFORM)).contains("\"channels\": 2,");
        assertThat(text(Companion.Kind.CHAPTERS_VTT)).contains("Start");
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
        Path object = folder.resolve("vault").resolve(VaultShelf.renditionObject(recording, raw.id()));
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

    private Rendition asked(Rendition.Kind kind, RenditionFormat format) {
        UUID id = stage.renditions.create(
                UUID.randomUUID(), recording, kind, format, null, "Talk." + format.extension(), Instant.EPOCH);
        stage.production.make(id);
        return stage.renditions.find(id).orElseThrow();
    }

    @Test
    void REN_4_REN_9_otherFormatsComeAfterTheCompositeAndSayWhatMadeThem() throws Exception {
        Rendition webm = asked(Rendition.Kind.COMPOSITE, RenditionFormat.WEBM_VP9);
        Rendition flac = asked(Rendition.Kind.MIX, RenditionFormat.FLAC);
        assertThat(stage.waiting(Production.COMPOSITE))
                .as("what is watched first is made first")
                .containsExactly(composite().id().toString());
        run(composite());
        assertThat(composite().madeWith())
                .startsWith("Everytake of a test, FFmpeg ")
                .endsWith(" with libx264");
        assertThat(stage.waiting(Production.COMPOSITE)).contains(webm.id().toString());
        assertThat(stage.waiting(Production.SOUND)).contains(flac.id().toString());

        run(webm);
        run(flac);

        Rendition made = stage.renditions.find(webm.id()).orElseThrow();
        assertThat(made.state()).isEqualTo(RenditionState.READY);
        assertThat(made.madeWith()).endsWith(" with libvpx-vp9");
        assertThat(made.durationMillis()).isEqualTo(composite().durationMillis());
        assertThat(probe(made)).containsExactly("vp9,1280,720", "opus");
        assertThat(probe(stage.renditions.find(flac.id()).orElseThrow())).containsExactly("flac");
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
    void REN_8_piecesStayForWhoeverGoesOnAndOnlyAsLongAsSomebodyMay() throws Exception {
        Rendition composite = composite();
        var unfinished = new Unfinished(folder.resolve("unfinished"), stage.shelf, stage.renditions);
        RenderPlan plan;
        try (RecordedTape tape = stage.tapes.open(recording)) {
            plan = RenderPlan.of(Timeline.of(tape), Preset.COMPOSITE);
        }
        keep(unfinished.of(composite, plan, "FFmpeg 1"));
        assertThat(unfinished.of(composite, plan, "FFmpeg 1").has("pictures0")).isTrue();
        assertThat(unfinished.of(composite, plan, "FFmpeg 2").has("pictures0")).isFalse();
        sweep();
        assertThat(unfinished.of(composite, plan, "FFmpeg 1").has("pictures0")).isTrue();

        run(composite);
        assertThat(folder.resolve("unfinished")).as("it is ready").isEmptyDirectory();

        keep(unfinished.of(composite(), plan, "FFmpeg 1"));
        sweep();
        assertThat(folder.resolve("unfinished")).as("nobody goes on").isEmptyDirectory();
    }

    private static void keep(Pieces pieces) throws IOException {
        try (var out = pieces.create("pictures0")) {
            out.write(1);
        }
    }

    private void sweep() throws Exception {
        stage.run(stage.making(Unfinished.SWEEP), "now");
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
