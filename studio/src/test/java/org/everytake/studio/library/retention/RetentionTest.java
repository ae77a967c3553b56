package org.everytake.studio.library.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.render.layout.Shipped;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.ChosenLayout;
import org.everytake.studio.library.Companion;
import org.everytake.studio.library.CompanionStore;
import org.everytake.studio.library.Film;
import org.everytake.studio.library.FilmStore;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingControl;
import org.everytake.studio.library.Rendition.Kind;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.RenditionMaker;
import org.everytake.studio.library.Session;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople.Somebody;
import org.everytake.studio.storage.ChosenStore;
import org.everytake.vault.Content;
import org.everytake.vault.FolderStore;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Sealing;
import org.everytake.vault.StoppableS3;
import org.everytake.vault.Store;
import org.everytake.vault.Stored;
import org.everytake.vault.ThroughStore;
import org.everytake.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans, usage, holds and what they erase, with real tapes, objects and keys, and a clock that is stepped. */
class RetentionTest {
    private static final byte[] FILM = "a whole film".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private LibraryStage stage;
    private Somebody host;
    private Somebody admin;
    private Somebody operator;
    private UUID session;
    private final List<UUID> asked = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        host = stage.host;
        admin = stage.people.somebody(LibraryStage.ORGANISATION, "Ada", Role.ADMIN);
        operator = stage.people.operator(stage.people.organisation("Server"), "Olga");
        session = stage.session("Weekly");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** Nobody stays signed in for as long as plans keep things: each comes in anew. */
    private void passes(Duration time) {
        stage.passes(time);
        host = again(host);
        admin = again(admin);
        operator = again(operator);
    }

    private Somebody again(Somebody who) {
        return stage.people.also(who, who.organisation(), who.role());
    }

    /** As the host. */
    private String asked(String method, String path) throws Exception {
        return outcome(stage.ask(method, path, null, host.cookie()));
    }

    /** A recording of which somebody's camera is on a tape that lies on the spool and in the vault. */
    private UUID recorded(String title) throws Exception {
        UUID recording = stage.processing(session, title, "Anna");
        stage.takes.put(recording, new TakeFacts(1, "anna", "camera", "", 10, 500L, "left", 99, 1));
        for (String segment : stage.tape(recording)) {
            Path file = folder.resolve("spool").resolve(recording.toString()).resolve(segment);
            stage.shelf.put(recording, segment, file);
            stage.segments.shipped(recording, segment, stage.now());
        }
        return recording;
    }

    private UUID withFilm(String title) throws Exception {
        UUID recording = recorded(title);
        stage.made(recording, stage.rendition(recording, Kind.COMPOSITE, null, title + ".mp4"), FILM);
        return recording;
    }

    private Expiry expiry(VaultShelf shelf) {
        var maker = new RenditionMaker() {
            @Override
            public void make(UUID rendition) {
                stage.jobs.enqueue(LibraryStage.WORK, rendition.toString());
            }

            @Override
            public void cancel(UUID rendition) {
                stage.jobs.cancel(LibraryStage.WORK, rendition.toString());
            }
        };
        return new Expiry(
                stage.database.jdbi(),
                stage.jobs,
                maker,
                recording -> asked.add(recording.id()),
                stage.spool,
                shelf,
                stage.people.audit(),
                stage::now);
    }

    private void run(VaultShelf shelf) throws Exception {
        expiry(shelf).kind().work().run(new Daily());
    }

    private void run() throws Exception {
        run(stage.shelf);
    }

    /** What was begun. */
    private void runAgain() throws Exception {
        expiry(stage.shelf).again().work().run(new Daily());
    }

    private void plan(String body) throws Exception {
        String path = "/organisations/" + LibraryStage.ORGANISATION + "/plan";
        assertThat(outcome(stage.ask("PUT", path, body, operator.cookie()))).isEqualTo("200");
    }

    private JsonNode retention(int days) throws Exception {
        return json(stage.get("/retention?days=" + days, admin.cookie()));
    }

    private JsonNode keeping(UUID recording) throws Exception {
        return json(stage.get("/recordings/" + recording, host.cookie())).path("keeping");
    }

    private boolean hasTape(UUID recording) throws Exception {
        return stage.shelf.find(recording).isPresent();
    }

    private void assertTapeIsGone(UUID recording) throws Exception {
        assertThat(hasTape(recording)).isFalse();
        assertThat(stage.spool.segments(recording.toString())).isEmpty();
        assertThat(stage.vault.list("recordings/" + recording + "/tape/")).isEmpty();
        assertThat(stage.segments.of(recording)).isEmpty();
        JsonNode proof = keeping(recording).at("/erased/0");
        assertThat(proof.path("kind").asText()).isEqualTo("tape");
        assertThat(proof.path("days").asInt()).isEqualTo(30);
        assertThat(proof.path("keyDestroyed").asBoolean()).isTrue();
        assertThat(keeping(recording).path("tapeUntil").isNull()).isTrue();
    }

    private static Set<String> names(JsonNode list) {
        Set<String> names = new HashSet<>();
        list.forEach(one -> names.add(
                one.path("recording").asText() + " " + one.path("kind").asText()));
        return names;
    }

    @Test
    void BAK_1_aTapeIsErasedThirtyDaysAfterItsRecordingAndItsFilesOutliveIt() throws Exception {
        UUID recording = withFilm("Talk");
        assertThat(keeping(recording).path("tapeDays").asInt()).isEqualTo(30);
        passes(Duration.ofDays(30));
        run();
        assertThat(hasTape(recording)).as("a minute before").isTrue();

        passes(Duration.ofMinutes(2));
        run();

        assertTapeIsGone(recording);
        UUID film = stage.renditions.of(recording).getFirst().id();
        assertThat(stage.get("/recordings/" + recording + "/renditions/" + film + "/content", host.cookie())
                        .body())
                .isEqualTo(FILM);
        assertThat(stage.keys.find(recording.toString(), KeyKind.TAPE)).isNull();
        String once = keeping(recording).toString();
        passes(Duration.ofDays(1));
        run();
        assertThat(keeping(recording).toString()).isEqualTo(once);
    }

    @Test
    void BAK_1_noTapeIsErasedBeforeItsFilmAndThreeDaysBeforeTheEndWhatIsMissingIsAskedFor() throws Exception {
        UUID recording = recorded("Talk");
        UUID film = stage.rendition(recording, Kind.COMPOSITE, null, "Talk.mp4");
        stage.renditions.rendering(film);
        stage.renditions.failed(film, "FFmpeg is missing.", stage.now());
        passes(Duration.ofDays(26));
        run();
        assertThat(asked).isEmpty();
        assertThat(stage.waiting()).isEmpty();

        passes(Duration.ofDays(2));
        run();
        assertThat(asked).containsExactly(recording);
        assertThat(stage.waiting()).containsExactly(film.toString());

        passes(Duration.ofDays(30));
        run();
        assertThat(hasTape(recording)).as("while it is being made").isTrue();
        assertThat(retention(0).at("/due/0/waits").asText()).isEqualTo("busy");
        stage.renditions.failed(film, "FFmpeg is missing.", stage.now());
        assertThat(retention(0).at("/due/0/waits").asText()).isEqualTo("no-file");
        UUID speaker = stage.renditions.create(
                UUID.randomUUID(),
                recording,
                Kind.COMPOSITE,
                RenditionFormat.MP4,
                null,
                new ChosenLayout("speaker", Shipped.form("speaker"), null),
                "Talk - speaker.mp4",
                stage.now());
        stage.made(recording, speaker, FILM);
        assertThat(retention(0).at("/due/0/waits").asText())
                .as("a layout that somebody chose may leave people out")
                .isEqualTo("no-file");
        run();
        assertThat(hasTape(recording)).isTrue();

        stage.made(recording, film, FILM);
        run();
        assertTapeIsGone(recording);
    }

    @Test
    void STO_5_legalHoldKeepsTheTapeAndRefusesDeletionUntilItIsLifted() throws Exception {
        UUID recording = withFilm("Talk");
        String hold = "/recordings/" + recording + "/hold";
        assertThat(asked("PUT", hold)).isEqualTo("403 not-allowed");
        JsonNode put = json(stage.ask("PUT", hold, null, admin.cookie()));
        assertThat(put.at("/hold/by").asText()).isEqualTo("Ada");
        passes(Duration.ofDays(1));
        assertThat(json(stage.ask("PUT", hold, null, admin.cookie()))).isEqualTo(put);

        passes(Duration.ofDays(400));
        run();
        assertThat(hasTape(recording)).isTrue();
        assertThat(retention(0).at("/due/0/waits").asText()).isEqualTo("held");
        assertThat(asked("DELETE", "/recordings/" + recording)).isEqualTo("409 on-hold");

        assertThat(json(stage.ask("DELETE", hold, null, admin.cookie()))
                        .path("hold")
                        .isNull())
                .isTrue();
        run();
        assertTapeIsGone(recording);
        assertThat(asked("DELETE", "/recordings/" + recording)).isEqualTo("200");
    }

    @Test
    void STO_5_theDryRunSaysJustWhatThenIsErased() throws Exception {
        plan("{\"pack\":\"unlimited\",\"tapeDays\":30,\"mastersDays\":60}");
        UUID one = withFilm("One");
        passes(Duration.ofDays(40));
        run();
        withFilm("Two");
        recorded("Without a film");
        stage.ask("PUT", "/recordings/" + withFilm("Held") + "/hold", null, admin.cookie());
        passes(Duration.ofDays(35));

        JsonNode dry = retention(0).path("due");
        Set<String> said = new HashSet<>();
        dry.forEach(due -> {
            if (due.path("waits").isNull()) {
                said.add(due.path("recording").asText() + " " + due.path("kind").asText());
            }
        });
        Set<String> before = names(retention(0).path("erased"));
        run();

        Set<String> erased = names(retention(0).path("erased"));
        erased.removeAll(before);
        assertThat(erased).isEqualTo(said).hasSize(2).contains(one + " files");
        assertThat(stage.renditions.of(one)).isEmpty();
        assertThat(stage.keys.find(one.toString(), KeyKind.RENDITIONS)).isNull();
        assertThat(stage.vault.list("recordings/" + one + "/")).isEmpty();
    }

    /** As a crash or a store that is away leaves it: the key is gone, and the segments are there still. */
    @Test
    void BAK_1_erasingThatBrokeOffGoesOnEvenUnderAHold() throws Exception {
        UUID recording = withFilm("Talk");
        passes(Duration.ofDays(31));
        var away = new Vault(ThroughStore.thatDoesNotDelete(FolderStore.open(folder.resolve("vault"))));
        run(new VaultShelf(recorded -> away, stage.keys));
        assertThat(hasTape(recording)).isFalse();
        assertThat(stage.vault.list("recordings/" + recording + "/tape/")).isNotEmpty();
        assertThat(keeping(recording).path("erased")).isEmpty();
        stage.segments.sealed(recording, "late", 10, stage.now());
        assertThat(stage.segments.toShip(Optional.empty(), 9)).isEmpty();
        assertThat(stage.segments.shipped(recording, "late", stage.now())).isFalse();

        stage.ask("PUT", "/recordings/" + recording + "/hold", null, admin.cookie());
        run();
        assertTapeIsGone(recording);
    }

    /** What S3 keeps for other tools is sealed by no key of ours: it is gone only once it is deleted there. */
    @Test
    void STO_6_whatAPlanErasesIsGoneFromTheBucketTooWheneverThatCanBeReached() throws Exception {
        try (var s3 = new StoppableS3()) {
            ChosenStore.of(stage.database.jdbi(), stage.stores, LibraryStage.ORGANISATION, s3);
            plan("{\"pack\":\"unlimited\",\"tapeDays\":1,\"mastersDays\":2}");
            UUID recording = withFilm("Talk");
            UUID film = copied(recording, Kind.COMPOSITE);
            UUID archive = stage.rendition(recording, Kind.RAW, null, "Talk.tar.gz");
            stage.made(recording, archive, FILM);
            assertThat(copied(recording, Kind.RAW)).isEqualTo(archive);
            assertThat(readable(s3)).hasSize(2).allMatch(key -> Arrays.equals(s3.read(key), FILM));

            passes(Duration.ofDays(1).plusMinutes(2));
            run();
            assertThat(readable(s3)).singleElement().asString().endsWith("/Talk.mp4");
            assertThat(kinds(recording)).containsExactlyInAnyOrder("tape", "raw");
            assertThat(asked("GET", content(recording, film))).isEqualTo("200");

            passes(Duration.ofDays(1));
            s3.stop();
            run();
            assertHidden(recording, film);
            assertThat(kinds(recording)).containsExactlyInAnyOrder("tape", "raw");
            assertThat(notes(recording)).containsExactlyInAnyOrder("tape-erased", "raw-erased");
            runAgain();
            assertThat(kinds(recording)).containsExactlyInAnyOrder("tape", "raw");

            s3.start();
            assertThat(readable(s3)).hasSize(1);
            runAgain();
            assertThat(s3.keys()).isEmpty();
            assertHidden(recording, film);
            assertThat(kinds(recording)).containsExactlyInAnyOrder("tape", "raw", "files");
            String once = keeping(recording).toString();
            runAgain();
            run();
            assertThat(keeping(recording).toString()).isEqualTo(once);
            assertThat(notes(recording)).containsExactlyInAnyOrder("tape-erased", "raw-erased", "files-erased");
        }
    }

    @Test
    void STO_6_whatGoesWithAFilmCountsWithItAndIsErasedWithIt() throws Exception {
        plan("{\"pack\":\"unlimited\",\"tapeDays\":1,\"mastersDays\":1}");
        UUID recording = withFilm("Talk");
        long before = usage().pictures();
        String object = VaultShelf.companionObject(recording, Companion.Kind.WAVEFORM);
        stage.shelf.putRendition(recording, object, out -> out.write(FILM));
        new CompanionStore(stage.database.jdbi())
                .keep(recording, new Companion(Companion.Kind.WAVEFORM, FILM.length, "00"));
        assertThat(usage().pictures()).isEqualTo(before + FILM.length);
        assertThat(companions(recording)).hasSize(1);
        passes(Duration.ofDays(2));
        run();
        assertThat(companions(recording)).as("files wait for tape to be gone").hasSize(1);
        run();
        assertThat(kinds(recording)).contains("files");
        assertThat(companions(recording)).isEmpty();
        assertThat(usage().pictures()).isEqualTo(before);
        assertThat(stage.vault.list(object)).isEmpty();
    }

    private Usage usage() {
        return stage.database.jdbi().withHandle(handle -> Usage.of(handle, LibraryStage.ORGANISATION));
    }

    private JsonNode companions(UUID recording) throws Exception {
        return json(stage.get("/recordings/" + recording, host.cookie())).path("companions");
    }

    /** The copy would outlive what it is of. */
    @Test
    void STO_6_ofAnArchiveThatIsBeingErasedNoCopyIsMadeAnyMore() throws Exception {
        plan("{\"pack\":\"unlimited\",\"tapeDays\":1,\"mastersDays\":9}");
        UUID recording = withFilm("Talk");
        UUID archive = stage.rendition(recording, Kind.RAW, null, "Talk.tar.gz");
        stage.made(recording, archive, FILM);
        UUID film = stage.renditions.of(recording).getFirst().id();
        stage.jobs.enqueue(LibraryStage.WORK, archive.toString());
        stage.jobs.enqueue(LibraryStage.WORK, film.toString());
        passes(Duration.ofDays(2));
        run();
        assertThat(kinds(recording)).containsExactlyInAnyOrder("tape", "raw");
        assertThat(stage.waiting()).containsExactly(film.toString());
    }

    /** As ordinary tools find it. */
    private UUID copied(UUID recording, Kind kind) throws Exception {
        UUID file = stage.renditions.of(recording).stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow()
                .id();
        String name = stage.renditions.copy(stage.recordings.find(recording).orElseThrow(), file);
        stage.stores.readable(recording).orElseThrow().put(name, Sealing.VERBATIM, Content.of(FILM));
        return file;
    }

    private static List<String> readable(StoppableS3 s3) {
        return s3.keys().stream().filter(key -> key.contains("/files/")).toList();
    }

    private static String content(UUID recording, UUID file) {
        return "/recordings/" + recording + "/renditions/" + file + "/content";
    }

    /** Nobody is shown what is being erased, however much of it is there still. */
    private void assertHidden(UUID recording, UUID file) throws Exception {
        JsonNode shown = json(stage.get("/recordings/" + recording, host.cookie()));
        assertThat(shown.path("renditions")).isEmpty();
        assertThat(shown.path("thumbnail").isNull()).isTrue();
        assertThat(json(stage.get("/recordings/" + recording + "/manifest", host.cookie()))
                        .path("renditions"))
                .isEmpty();
        assertThat(asked("GET", content(recording, file))).isEqualTo("404 no-such-rendition");
    }

    /** Of what the page says that it is erased. */
    private List<String> kinds(UUID recording) throws Exception {
        List<String> kinds = new ArrayList<>();
        keeping(recording)
                .path("erased")
                .forEach(one -> kinds.add(one.path("kind").asText()));
        return kinds;
    }

    /** A kill is an error that nobody catches: before and after whatever is asked of the store, one by one. */
    @Test
    void STO_5_erasingThatIsKilledAtAnyStepComesToTheSameEnd() throws Exception {
        plan("{\"pack\":\"unlimited\",\"tapeDays\":1,\"mastersDays\":1}");
        int kills = 0;
        for (int step = 0; ; step++) {
            UUID recording = withFilm("Talk " + step);
            stage.made(recording, stage.rendition(recording, Kind.RAW, null, "Talk.tar.gz"), FILM);
            passes(Duration.ofDays(2));
            var store = new Killed(FolderStore.open(folder.resolve("vault")), step);
            boolean killed = false;
            try {
                // The files have waited for the tape, and go the next time.
                run(new VaultShelf(recorded -> new Vault(store), stage.keys));
                run(new VaultShelf(recorded -> new Vault(store), stage.keys));
            } catch (Kill kill) {
                killed = true;
            }
            run();
            run();
            assertThat(stage.vault.list("recordings/" + recording + "/")).isEmpty();
            assertThat(stage.spool.segments(recording.toString())).isEmpty();
            assertThat(stage.segments.of(recording)).isEmpty();
            assertThat(stage.renditions.of(recording)).isEmpty();
            for (KeyKind kind : KeyKind.values()) {
                assertThat(stage.keys.find(recording.toString(), kind)).isNull();
            }
            assertThat(notes(recording)).containsExactlyInAnyOrder("tape-erased", "raw-erased", "files-erased");
            assertThat(keeping(recording).path("erased")).hasSize(3);
            if (!killed) {
                break;
            }
            kills++;
        }
        // Of tape and files the list and its object, of the archive its object: each before and after.
        assertThat(kills).isGreaterThanOrEqualTo(10);
    }

    private List<String> notes(UUID recording) {
        return stage.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select action from audit where object = :recording")
                        .bind("recording", recording.toString())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void STO_5_noPictureIsMadeOfAFilmThatIsBeingErased() throws Exception {
        plan("{\"pack\":\"unlimited\",\"tapeDays\":1,\"mastersDays\":1}");
        UUID recording = withFilm("Talk");
        String film = stage.renditions.of(recording).getFirst().id().toString();
        passes(Duration.ofDays(2));
        run();
        assertThat(hasTape(recording)).isFalse();
        stage.jobs.enqueue(LibraryStage.WORK, film);
        stage.database.jdbi().useHandle(handle -> handle.execute("update scheduled_tasks set picked = true"));
        run();
        assertThat(stage.renditions.of(recording)).as("while one works at it").hasSize(1);

        stage.database.jdbi().useHandle(handle -> handle.execute("update scheduled_tasks set picked = false"));
        run();
        assertThat(stage.waiting()).isEmpty();
        assertThat(stage.renditions.of(recording)).isEmpty();
        assertThat(stage.keys.find(recording.toString(), KeyKind.RENDITIONS)).isNull();
    }

    @Test
    void BAK_1_ofAnErasedTapeNothingIsMadeAgain() throws Exception {
        UUID recording = withFilm("Talk");
        UUID anna = stage.rendition(recording, Kind.PARTICIPANT, "anna", "Anna.mov");
        stage.renditions.rendering(anna);
        stage.renditions.failed(anna, "FFmpeg is missing.", stage.now());
        passes(Duration.ofDays(31));
        run();
        stage.renditions.failed(anna, "FFmpeg is missing.", stage.now());
        run();
        assertTapeIsGone(recording);
        String retry = "/recordings/" + recording + "/renditions/" + anna + "/retry";
        assertThat(asked("POST", retry)).isEqualTo("409 tape-erased");
        String wav = "{\"kind\":\"mix\",\"format\":\"wav\"}";
        assertThat(outcome(stage.ask("POST", "/recordings/" + recording + "/renditions", wav, host.cookie())))
                .isEqualTo("409 tape-erased");
        assertThat(asked("GET", "/recordings/" + recording)).isEqualTo("200");
    }

    @Test
    void STO_4_usageIsWhatLiesOnTheDiskEachByteOnce() throws Exception {
        UUID recording = withFilm("Talk");
        stage.made(recording, stage.rendition(recording, Kind.RAW, null, "Talk.tar.gz"), FILM);
        Sealing sealing = stage.shelf.renditionSealing(recording).orElseThrow();
        long inVault = 0;
        for (Stored object : stage.vault.list("recordings/")) {
            boolean tape = object.name().contains(VaultShelf.TAPE);
            inVault += tape ? object.sizeBytes() : stage.vault.size(object.name(), sealing);
        }
        long onSpool;
        try (Stream<Path> files = Files.walk(folder.resolve("spool").resolve(recording.toString()))) {
            onSpool = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        JsonNode usage = json(stage.get("/storage", admin.cookie())).path("usage");
        assertThat(usage.path("totalBytes").asLong()).isEqualTo(inVault);
        assertThat(usage.path("tape").asLong()).isEqualTo(onSpool);
        assertThat(usage.path("raw").asLong()).isEqualTo(FILM.length);
        assertThat(usage.path("video").asLong()).isEqualTo(FILM.length);

        var films = new FilmStore(stage.database.jdbi());
        assertThat(films.begun(recording, new byte[1])).isTrue();
        films.add(recording, 0, new Film.Piece(3_200_000_000L, 1_000));
        films.add(recording, 1, new Film.Piece(3_200_000_000L, 500));
        usage = json(stage.get("/storage", admin.cookie())).path("usage");
        assertThat(usage.path("video").asLong()).isEqualTo(FILM.length + 1_500);
        films.forget(recording);

        passes(Duration.ofDays(31));
        run();
        usage = json(stage.get("/storage", admin.cookie())).path("usage");
        assertThat(usage.path("totalBytes").asLong()).isEqualTo(FILM.length);
    }

    @Test
    void STO_4_whatIsFullBeginsNoRecordingAndTellsEachStepOnce() throws Exception {
        UUID recording = withFilm("Talk");
        var steps = new StorageSteps(stage.database.jdbi(), stage.people.audit(), stage::now);
        var control = new WithinPlan(stage.database.jdbi(), new Begins());
        Session where = stage.sessions.find(session).orElseThrow();
        long total = json(stage.get("/storage", admin.cookie()))
                .at("/usage/totalBytes")
                .asLong();

        plan("{\"pack\":\"recstorage1\",\"tapeDays\":30,\"sizeBytes\":" + (total + 1) + "}");
        assertThat(control.start(where, "Anna", null).id()).isEqualTo(recording);
        plan("{\"pack\":\"recstorage1\",\"tapeDays\":30,\"sizeBytes\":" + total + "}");
        assertThatThrownBy(() -> control.start(where, "Anna", null))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.id()).isEqualTo(ErrorId.STORAGE_FULL));
        assertThat(control.stop(recording, "Anna").id()).isEqualTo(recording);

        JsonNode reached = json(stage.get("/storage", admin.cookie())).path("reached");
        assertThat(reached.path("percent").asInt()).isEqualTo(100);
        passes(Duration.ofHours(1));
        steps.kind().work().run(new Daily());
        assertThat(json(stage.get("/storage", admin.cookie())).path("reached")).isEqualTo(reached);
        List<String> told = stage.database
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select detail from audit where action = 'storage-reached' and organisation = :id")
                        .bind("id", LibraryStage.ORGANISATION)
                        .mapTo(String.class)
                        .list());
        assertThat(told).containsExactlyInAnyOrder("80 %", "95 %", "100 %");

        plan("{\"pack\":\"recstorage1\",\"tapeDays\":30,\"sizeBytes\":" + total * 10 + "}");
        steps.kind().work().run(new Daily());
        assertThat(json(stage.get("/storage", admin.cookie())).path("reached").isNull())
                .isTrue();
    }

    @Test
    void STO_7_onlyWhoRunsTheServerSetsAPlanAndItIsOfOneOrganisation() throws Exception {
        String path = "/organisations/" + LibraryStage.ORGANISATION + "/plan";
        String body =
                "{\"pack\":\"recstorage3\",\"sizeBytes\":100000000000,\"mastersHeight\":720,\"mastersDays\":90,\"tapeDays\":60}";
        assertThat(outcome(stage.ask("PUT", path, body, admin.cookie()))).isEqualTo("403 not-allowed");
        plan(body);
        JsonNode plan = json(stage.get("/storage", admin.cookie())).path("plan");
        assertThat(plan.path("includes").toString()).isEqualTo("[\"raw\",\"sd\",\"hd\"]");
        assertThat(plan.path("mastersDays").asInt()).isEqualTo(90);
        Somebody other = stage.people.somebody(stage.people.organisation("Other"), "Otto", Role.ADMIN);
        UUID recording = withFilm("Talk");
        assertThat(json(stage.get("/storage", other.cookie())).at("/plan/pack").asText())
                .isEqualTo("unlimited");
        assertThat(json(stage.get("/storage", other.cookie()))
                        .at("/usage/totalBytes")
                        .asLong())
                .isZero();
        assertThat(json(stage.get("/retention?days=3650", other.cookie())).path("due"))
                .isEmpty();
        assertThat(outcome(stage.ask("PUT", "/recordings/" + recording + "/hold", null, other.cookie())))
                .isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.ask(
                        "PUT", path, "{\"pack\":\"unlimited\",\"tapeDays\":30,\"mastersDays\":7}", operator.cookie())))
                .isEqualTo("400 malformed-request");
    }

    /** Says of every recording that it is the first there is: what is asked here is whether it is asked at all. */
    private final class Begins implements RecordingControl {
        @Override
        public String host(UUID of, String pass) {
            return "Anna";
        }

        @Override
        public Recording start(Session of, String by, @Nullable String title) {
            return stop(
                    stage.segments
                            .toErase(stage.now().plusSeconds(1), 1)
                            .getFirst()
                            .recording(),
                    by);
        }

        @Override
        public Recording stop(UUID recording, String by) {
            return stage.recordings.find(recording).orElseThrow();
        }
    }

    private record Daily() implements Job {
        @Override
        public String subject() {
            return JobKind.ITSELF;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    /** What ends a process, as it were. */
    private static final class Kill extends Error {
        private static final long serialVersionUID = 1;
    }

    /** A store at which a kill comes once so many halves of what it is asked have been done. */
    private static final class Killed extends ThroughStore {
        private int left;

        Killed(Store store, int left) {
            super(store);
            this.left = left;
        }

        private void half() {
            if (left-- == 0) {
                throw new Kill();
            }
        }

        @Override
        public List<Stored> list(String prefix) throws IOException {
            half();
            List<Stored> found = super.list(prefix);
            half();
            return found;
        }

        @Override
        public boolean delete(String name) throws IOException {
            half();
            boolean deleted = super.delete(name);
            half();
            return deleted;
        }
    }
}
