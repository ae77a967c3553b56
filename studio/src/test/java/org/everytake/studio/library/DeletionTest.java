package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.Rendition.Kind;
import org.everytake.vault.FolderStore;
import org.everytake.vault.KeyKind;
import org.everytake.vault.Stored;
import org.everytake.vault.ThroughStore;
import org.everytake.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting, bringing back and erasing, with a real tape on the spool and real objects in the vault. */
class DeletionTest {
    private static final byte[] BYTES = "a whole film".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID session;
    private UUID recording;
    private UUID composite;
    private UUID anna;

    /** A recording with a tape, of which a segment is shipped, one file made and one being made. */
    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        session = stage.session("Weekly");
        recording = stage.processing(session, "Talk", "Anna");
        stage.takes.put(recording, new TakeFacts(1, "anna", "camera", "", 10, 500L, "left", 99, 1));
        for (String segment : stage.tape(recording)) {
            stage.shelf.put(
                    recording,
                    segment,
                    folder.resolve("spool").resolve(recording.toString()).resolve(segment));
            stage.segments.shipped(recording, segment, stage.now());
        }
        composite = stage.rendition(recording, Kind.COMPOSITE, null, "Talk.mp4");
        stage.made(recording, composite, BYTES);
        anna = stage.rendition(recording, Kind.PARTICIPANT, "anna", "Anna.mov");
        stage.jobs.enqueue(LibraryStage.WORK, anna.toString());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String path() {
        return "/recordings/" + recording;
    }

    private HttpResponse<byte[]> delete() throws Exception {
        return stage.ask("DELETE", path(), null);
    }

    private HttpResponse<byte[]> restore() throws Exception {
        return stage.ask("POST", path() + "/restore", null);
    }

    private void erase() throws Exception {
        erase(stage.shelf);
    }

    private void erase(VaultShelf shelf) throws Exception {
        JobKind kind = new Erasing(stage.database.jdbi(), stage.jobs, stage.spool, shelf, stage::now).kind();
        kind.work().run(new Job() {
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
        });
    }

    private List<Stored> objects() throws IOException {
        return stage.vault.list("recordings/" + recording + "/");
    }

    private Map<String, Object> row() {
        return stage.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select * from recordings where id = :id")
                        .bind("id", recording)
                        .mapToMap()
                        .one());
    }

    private long facts() {
        return stage.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("""
                                select (select count(*) from segments where recording = :id)
                                    + (select count(*) from takes where recording = :id)
                                    + (select count(*) from renditions where recording = :id)
                                    + (select count(*) from recording_people where recording = :id)
                                """)
                        .bind("id", recording)
                        .mapTo(Long.class)
                        .one());
    }

    private void assertErased() throws Exception {
        assertThat(objects()).isEmpty();
        assertThat(stage.spool.segments(recording.toString())).isEmpty();
        assertThat(folder.resolve("spool").resolve(recording.toString())).doesNotExist();
        for (KeyKind kind : KeyKind.values()) {
            assertThat(stage.keys.find(recording.toString(), kind)).isNull();
        }
        assertThat(facts()).isZero();
        assertThat(row().get("erased_at")).isNotNull();
    }

    @Test
    void LIB_2_whatIsDeletedIsNotFoundAnywhere() throws Exception {
        Instant now = stage.now();
        JsonNode answer = json(delete());
        assertThat(Instant.parse(answer.path("restorableUntil").asText())).isEqualTo(now.plusSeconds(30));

        assertThat(json(stage.get("/recordings")).path("recordings")).isEmpty();
        assertThat(json(stage.get("/recordings?session=" + session)).path("recordings"))
                .isEmpty();
        assertThat(json(stage.get("/sessions/" + session)).path("recordings").asInt())
                .isZero();
        assertThat(json(stage.get("/sessions")).at("/sessions/0/recordings").asInt())
                .isZero();
        String rendition = path() + "/renditions/" + composite;
        assertThat(outcome(stage.get(path()))).isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.get(path() + "/manifest"))).isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.ask("PATCH", path(), "{\"title\":\"x\"}"))).isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.ask("POST", path() + "/stop", null))).isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.ask("POST", rendition + "/retry", null))).isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.get(rendition + "/content"))).isEqualTo("404 no-such-rendition");
        assertThat(outcome(delete())).isEqualTo("404 no-such-recording");
    }

    @Test
    void LIB_2_undoBringsBackEverything() throws Exception {
        byte[] facts = stage.get(path()).body();
        byte[] manifest = stage.get(path() + "/manifest").body();
        List<Stored> objects = objects();
        delete();
        assertThat(stage.waiting()).isEmpty();
        stage.passes(Duration.ofSeconds(29));
        erase();

        var restored = restore();

        assertThat(restored.statusCode()).isEqualTo(200);
        assertThat(restored.body()).isEqualTo(facts);
        assertThat(stage.get(path()).body()).isEqualTo(facts);
        assertThat(stage.get(path() + "/manifest").body()).isEqualTo(manifest);
        assertThat(stage.get(path() + "/renditions/" + composite + "/content").body())
                .isEqualTo(BYTES);
        assertThat(json(stage.get("/recordings")).path("recordings")).hasSize(1);
        assertThat(objects()).isEqualTo(objects);
        assertThat(stage.spool.segments(recording.toString())).isNotEmpty();
        assertThat(stage.shelf.find(recording)).isPresent();
        assertThat(stage.waiting()).containsExactly(anna.toString());
        stage.passes(Duration.ofMinutes(10));
        erase();
        assertThat(stage.get(path()).body()).isEqualTo(facts);
    }

    @Test
    void LIB_2_undoTwiceEqualsOnceAndOfWhatWasNotDeletedChangesNothing() throws Exception {
        byte[] facts = stage.get(path()).body();
        assertThat(restore().body()).isEqualTo(facts);
        delete();
        assertThat(restore().body()).isEqualTo(facts);
        assertThat(restore().body()).isEqualTo(facts);
        assertThat(outcome(stage.ask("POST", "/recordings/" + UUID.randomUUID() + "/restore", null)))
                .isEqualTo("404 no-such-recording");
    }

    @Test
    void LIB_2_whatRunsCannotBeDeleted() throws Exception {
        UUID live = stage.live(session, "Now");
        assertThat(outcome(stage.ask("DELETE", "/recordings/" + live, null))).isEqualTo("409 still-recording");
        stage.recordings.stopping(live, stage.now(), null);
        assertThat(outcome(stage.ask("DELETE", "/recordings/" + live, null))).isEqualTo("409 still-recording");
        assertThat(outcome(stage.get("/recordings/" + live))).isEqualTo("200");
    }

    @Test
    void LIB_2_whatWasRenamedMeanwhileIsNotDeletedUnseen() throws Exception {
        assertThat(outcome(stage.ask("DELETE", path(), null, "If-Match", "\"99\"")))
                .isEqualTo("412 changed-meanwhile");
        assertThat(outcome(stage.ask("DELETE", path(), null, "If-Match", "\"1\"")))
                .isEqualTo("200");
    }

    @Test
    void LIB_2_afterTheTimeNothingIsLeftButTheRowThatSaysWhen() throws Exception {
        UUID other = stage.processing(session, "Other");
        stage.tape(other);
        delete();
        stage.passes(Duration.ofSeconds(31));
        assertThat(outcome(restore())).isEqualTo("404 no-such-recording");

        erase();

        assertErased();
        assertThat(outcome(restore())).isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.get("/recordings/" + other))).isEqualTo("200");
        assertThat(stage.spool.segments(other.toString())).isNotEmpty();
        assertThat(stage.shelf.find(other)).isPresent();
    }

    @Test
    void erasingTwiceEqualsOnce() throws Exception {
        delete();
        stage.passes(Duration.ofSeconds(31));
        erase();
        Map<String, Object> once = row();
        stage.passes(Duration.ofMinutes(1));
        erase();
        assertThat(row()).isEqualTo(once);
        assertErased();
    }

    /** As a crash or a store that is away leaves it: the keys are gone, and the objects are there still. */
    @Test
    void erasingThatBrokeOffGoesOnAndIsNeverUndone() throws Exception {
        delete();
        stage.passes(Duration.ofSeconds(31));
        Vault away = new Vault(ThroughStore.thatDoesNotDelete(FolderStore.open(folder.resolve("vault"))));
        erase(new VaultShelf(recording -> away, stage.keys));
        assertThat(objects()).isNotEmpty();
        assertThat(row().get("erased_at")).isNull();
        assertThat(stage.recordings.findWithTape(recording)).isEmpty();
        assertThat(stage.segments.toShip(Optional.empty(), 9)).isEmpty();

        // Even if the clock is set back there is no way back.
        stage.passes(Duration.ofSeconds(-20));
        assertThat(outcome(restore())).isEqualTo("404 no-such-recording");
        stage.passes(Duration.ofSeconds(20));

        erase();
        assertErased();
    }

    @Test
    void aWorkerThatHasNotLeftOffYetIsWaitedFor() throws Exception {
        delete();
        stage.jobs.enqueue(LibraryStage.WORK, anna.toString());
        pick(true);
        stage.passes(Duration.ofMinutes(1));
        erase();
        assertThat(objects()).isNotEmpty();
        assertThat(stage.shelf.find(recording)).isPresent();

        pick(false);
        erase();
        assertErased();
        assertThat(stage.waiting()).as("what nobody had begun").isEmpty();
    }

    private void pick(boolean picked) {
        stage.database.jdbi().useHandle(handle -> handle.execute("update scheduled_tasks set picked = ?", picked));
    }

    @Test
    void noWorkerBeginsWithAFileOfADeletedRecordingAndOneThatLeftOffSaysWhetherItIsBack() throws Exception {
        delete();
        assertThat(stage.renditions.rendering(anna)).isFalse();
        assertThat(stage.renditions.leftOff(anna)).isFalse();
        restore();
        assertThat(stage.renditions.rendering(anna)).isTrue();
        assertThat(stage.renditions.leftOff(anna)).isTrue();
        assertThat(stage.renditions.find(anna).orElseThrow().state()).isEqualTo(RenditionState.QUEUED);
    }

    @Test
    void theLedgerHasNothingToShipOfWhatIsErased() throws Exception {
        stage.segments.sealed(recording, "late", 10, stage.now());
        assertThat(stage.segments.toShip(Optional.empty(), 9)).hasSize(1);
        delete();
        assertThat(stage.segments.toShip(Optional.empty(), 9)).hasSize(1);
        stage.passes(Duration.ofSeconds(31));
        erase();
        assertThat(stage.segments.shipped(recording, "late", stage.now())).isFalse();
        assertThat(stage.segments.toShip(Optional.empty(), 9)).isEmpty();
        assertThat(Files.exists(folder.resolve("spool"))).isTrue();
    }
}
