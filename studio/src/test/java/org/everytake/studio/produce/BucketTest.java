package org.everytake.studio.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.Later;
import org.everytake.studio.library.Erasing;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.library.Segment;
import org.everytake.studio.record.RecorderOptions;
import org.everytake.studio.record.RecordingStage;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.studio.storage.Backlog;
import org.everytake.studio.storage.ChosenStore;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.StoppableS3;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real recordings of an organisation whose bucket is away when it is needed, and comes back. */
class BucketTest {
    private static final UUID ORGANISATION = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final String TAPE = "acme/recordings/";

    @TempDir
    Path folder;

    private Database database;
    private RecordingStage stage;
    private StoppableS3 s3;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
        s3 = new StoppableS3();
        SpoolOptions usual = SpoolOptions.standard();
        var spool = new SpoolOptions(usual.tick(), Duration.ofMillis(500), usual.segmentBytes(), usual.poolBytes(), 0);
        stage = new RecordingStage(database, folder, RecorderOptions.standard(), spool).begin();
        ChosenStore.of(database.jdbi(), stage.stores, ORGANISATION, s3);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
        s3.close();
        database.close();
    }

    /** Of several segments. */
    private UUID recorded() throws Exception {
        Attendee anna = stage.join("Anna").publish(RecordingStage.clip("0x2060C0", 440));
        Await.until("media", () -> anna.peer().log().size() > 50);
        UUID recording = stage.start("Talk: café");
        Await.until("segments", () -> stage.segments.of(recording).size() > 2);
        stage.recorder.stop(recording, "stopped by Anna");
        return recording;
    }

    private boolean allShipped(UUID recording) {
        List<Segment> segments = stage.segments.of(recording);
        return !segments.isEmpty() && segments.stream().allMatch(segment -> segment.shippedAt() != null);
    }

    private long packets(UUID recording) throws Exception {
        long packets = 0;
        try (RecordedTape tape = stage.tapes.open(recording)) {
            assertThat(tape.damage()).isEmpty();
            for (RecordedTake take : tape.takes()) {
                for (TapeRecord ignored : take.records()) {
                    packets++;
                }
            }
        }
        return packets;
    }

    private Rendition of(UUID recording, Rendition.Kind kind) {
        return stage.renditions.of(recording).stream()
                .filter(rendition -> rendition.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void STO_3_aBucketThatIsAwayForAWholeRecordingLosesNothingAndGetsNothingTwice() throws Exception {
        s3.stop();
        UUID recording = recorded();
        int segments = stage.segments.of(recording).size();
        Backlog backlog = stage.segments.backlogOfStores(ORGANISATION);
        assertThat(backlog.segments()).isEqualTo(segments);
        assertThat(backlog.sizeBytes()).isPositive();
        assertThat(backlog.oldest()).isNotNull();
        long before = packets(recording);
        assertThat(before).isGreaterThan(100);

        s3.start();
        Await.until("the backlog drains by itself", Duration.ofMinutes(2), () -> allShipped(recording));

        assertThat(stage.segments.backlogOfStores(ORGANISATION)).isEqualTo(new Backlog(0, 0, null));
        assertThat(s3.keys())
                .hasSize(segments)
                .allMatch(key -> key.startsWith(TAPE + recording + "/tape/"))
                .doesNotHaveDuplicates();
        assertThat(stage.spool.segments(recording.toString())).hasSize(segments);
        stage.passes(RecordingStage.DAY.plusMinutes(1));
        stage.run(stage.shipper.erasing(), "");
        assertThat(stage.spool.segments(recording.toString())).isEmpty();
        assertThat(packets(recording)).isEqualTo(before);
    }

    @Test
    void STO_3_aBucketThatIsAwayHoldsUpNoOther() throws Exception {
        s3.stop();
        UUID stuck = recorded();
        database.jdbi().useHandle(handle -> handle.execute("update stores set current = false"));
        UUID other = recorded();
        Await.until("the other one is shipped", () -> allShipped(other));
        assertThat(stage.segments.of(stuck)).allMatch(segment -> segment.shippedAt() == null);
    }

    @Test
    void STO_3_whatIsMadeWaitsForItsBucketAndIsNotGivenUp() throws Exception {
        UUID recording = recorded();
        Await.until("shipped", () -> allShipped(recording));
        Rendition raw = of(recording, Rendition.Kind.RAW);
        s3.stop();
        JobKind render = stage.making(Production.RAW);
        assertThatThrownBy(() -> stage.run(render, raw.id().toString()))
                .isInstanceOf(Later.class)
                .hasMessageContaining("cannot be reached");
        assertThat(of(recording, Rendition.Kind.RAW).state()).isEqualTo(RenditionState.QUEUED);

        s3.start();
        stage.run(render, raw.id().toString());
        assertThat(of(recording, Rendition.Kind.RAW).state()).isEqualTo(RenditionState.READY);
    }

    @Test
    void STO_6_readyFilesLieInTheBucketAsOrdinaryToolsReadThemUntilTheRecordingIsErased() throws Exception {
        UUID recording = recorded();
        Rendition composite = of(recording, Rendition.Kind.COMPOSITE);
        Rendition raw = of(recording, Rendition.Kind.RAW);
        stage.run(stage.making(Production.COMPOSITE), composite.id().toString());
        stage.run(stage.making(Production.RAW), raw.id().toString());
        assertThat(stage.waiting(ReadableCopies.COPY))
                .containsExactlyInAnyOrder(composite.id().toString(), raw.id().toString());

        JobKind copy = stage.making(ReadableCopies.COPY);
        s3.stop();
        assertThatThrownBy(() -> stage.run(copy, composite.id().toString())).isInstanceOf(Later.class);
        s3.start();
        stage.run(copy, composite.id().toString());
        stage.run(copy, composite.id().toString());
        stage.run(copy, raw.id().toString());

        List<String> files =
                s3.keys().stream().filter(key -> key.startsWith("acme/files/")).toList();
        assertThat(files).hasSize(2);
        assertThat(files.getFirst()).matches("acme/files/Talk-cafe/\\d{8}T\\d{6}Z-[0-9a-f]{12}/Talk-cafe\\.mp4");
        assertThat(files.getLast()).endsWith("/Talk-cafe.tar.gz");
        byte[] film = s3.read(files.getFirst());
        assertThat(new String(film, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(MeasuredFile.sha256Hex(film))
                .isEqualTo(of(recording, Rendition.Kind.COMPOSITE).sha256());
        assertThat(Arrays.copyOf(s3.read(files.getLast()), 2)).containsExactly(0x1f, 0x8b);
        assertThat(files).allMatch(key -> s3.encryption(key).equals("AES256"));

        Await.until("shipped", () -> allShipped(recording));
        database.jdbi()
                .useHandle(handle -> handle.execute("update recordings set deleted_at = now() - interval '1 hour'"));
        database.jdbi().useHandle(handle -> handle.execute("delete from scheduled_tasks"));
        stage.run(new Erasing(database.jdbi(), stage.jobs, stage.spool, stage.shelf, stage::now).kind(), "");
        assertThat(s3.keys()).isEmpty();
    }
}
