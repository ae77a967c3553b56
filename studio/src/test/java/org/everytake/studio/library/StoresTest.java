package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.library.Rendition.Kind;
import org.everytake.studio.library.Rendition.Made;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoresTest {
    private static final Made MADE = new Made(
            "object",
            1000,
            61_000,
            "ab".repeat(32),
            List.of("Sound of 40 ms was lost on the way and made up."),
            "Everytake of a test");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final Ids ids = new Ids(new SecureRandom(), () -> now);
    private final Database database;
    private final SessionStore sessions;
    private final RecordingStore recordings;
    private final TakeStore takes;
    private final SegmentStore segments;
    private final RenditionStore renditions;

    StoresTest() throws CannotStart {
        database = TestDatabase.fresh();
        sessions = new SessionStore(database.jdbi());
        recordings = new RecordingStore(database.jdbi());
        takes = new TakeStore(database.jdbi());
        segments = new SegmentStore(database.jdbi());
        renditions = new RenditionStore(database.jdbi());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private UUID session(String title) {
        now = now.plusSeconds(1);
        UUID id = ids.next();
        var settings = new SessionStore.Settings(title, null, null, SessionMode.VIDEO, 720);
        sessions.create(id, LibraryStage.ORGANISATION, null, ids.invitation(), settings, now);
        return id;
    }

    private UUID recording(UUID session) {
        now = now.plusSeconds(1);
        UUID id = ids.next();
        assertThat(recordings.create(id, session, "Talk", SessionMode.VIDEO, "Anna", now))
                .isTrue();
        return id;
    }

    /** A recording that is being processed, with a composite and one participant's rendition queued. */
    private UUID processing() {
        UUID id = recording(session("Talk"));
        recordings.recording(id, now);
        recordings.stopping(id, now.plusSeconds(61), null);
        recordings.processing(id, 61_000);
        return id;
    }

    private UUID rendition(UUID recording, Kind kind, @Nullable String person) {
        return renditions.create(ids.next(), recording, kind, kind.format(), person, kind.word() + ".mp4", now);
    }

    @Test
    void aSessionHasOneLiveRecordingAtATime() {
        UUID session = session("one");
        UUID first = recording(session);
        assertThat(recordings.create(ids.next(), session, "again", SessionMode.VIDEO, null, now))
                .isFalse();
        recordings.recording(first, now);
        recordings.stopping(first, now, null);
        assertThat(recordings.create(ids.next(), session, "again", SessionMode.VIDEO, null, now))
                .isFalse();
        recordings.processing(first, 1000);
        assertThat(recordings.create(ids.next(), session, "again", SessionMode.VIDEO, null, now))
                .isTrue();
    }

    @Test
    void aRecordingGoesThroughItsLifeAndKeepsItsFirstTimes() {
        UUID id = recording(session("one"));
        Instant started = now;
        assertThat(recordings.recording(id, started).startedAt()).isEqualTo(started);
        assertThat(recordings.recording(id, started.plusSeconds(5)).startedAt()).isEqualTo(started);
        recordings.grew(id, 30_000, 1_000_000);
        assertThat(recordings.unfinished(9)).extracting(Recording::id).containsExactly(id);
        recordings.stopping(id, started.plusSeconds(60), "The disk is full.");
        Recording done = recordings.processing(id, 60_000);
        assertThat(done.state()).isEqualTo(RecordingState.PROCESSING);
        assertThat(done.stoppedAt()).isEqualTo(started.plusSeconds(60));
        assertThat(done.durationMillis()).isEqualTo(60_000);
        assertThat(done.sizeBytes()).isEqualTo(1_000_000);
        assertThat(done.failure()).isEqualTo("The disk is full.");
        assertThat(recordings.unfinished(9)).isEmpty();
        assertThatThrownBy(() -> recordings.recording(id, now)).isInstanceOf(IllegalTransition.class);
        assertThatThrownBy(() -> recordings.recording(ids.next(), now)).hasMessageContaining("there is no recording");
    }

    @Test
    void peopleAndTakesMayBeToldAgain() {
        UUID id = recording(session("one"));
        takes.person(id, "p2", "Ben");
        takes.person(id, "p1", "Anna");
        takes.person(id, "p2", "Benjamin");
        assertThat(takes.people(id))
                .containsExactly(new RecordedPerson("p2", "Benjamin"), new RecordedPerson("p1", "Anna"));
        takes.put(id, new TakeFacts(1, "p1", "camera", "", 10, null, null, 0, 0));
        var closed = new TakeFacts(1, "p1", "camera", "", 10, 500L, "left", 99, 1);
        takes.put(id, closed);
        assertThat(takes.takes(id)).containsExactly(closed);
    }

    @Test
    void segmentsAreShippedThenErasedOnceEach() {
        UUID id = recording(session("one"));
        segments.sealed(id, "000002", 20, now.plusSeconds(2));
        segments.sealed(id, "000001", 10, now.plusSeconds(1));
        segments.sealed(id, "000001", 10, now.plusSeconds(9));
        assertThat(segments.toShip(Optional.empty(), 9))
                .extracting(Segment::name)
                .containsExactly("000001", "000002");
        segments.shipped(id, "000001", now);
        segments.shipped(id, "000001", now.plusSeconds(50));
        assertThat(segments.toShip(Optional.empty(), 9))
                .extracting(Segment::name)
                .containsExactly("000002");
        assertThat(segments.toErase(now, 9)).isEmpty();
        assertThat(segments.toErase(now.plusMillis(1), 9))
                .extracting(Segment::name)
                .containsExactly("000001");
        segments.erased(id, "000001", now);
        assertThat(segments.toErase(now.plusMillis(1), 9)).isEmpty();
        assertThat(segments.of(id)).extracting(Segment::name).containsExactly("000001", "000002");
    }

    @Test
    void aRecordingIsReadyWhenItsLastRenditionIsSettled() {
        UUID id = processing();
        UUID composite = rendition(id, Kind.COMPOSITE, null);
        UUID anna = rendition(id, Kind.PARTICIPANT, "p1");
        renditions.rendering(composite);
        renditions.progress(composite, 0.5, 5000L);
        assertThat(renditions.find(composite)).map(Rendition::progress).hasValue(0.5);
        renditions.ready(composite, MADE, now);
        assertThat(recordings.find(id)).map(Recording::state).hasValue(RecordingState.PROCESSING);
        renditions.rendering(anna);
        renditions.failed(anna, "The encoder crashed.", now);
        assertThat(recordings.find(id)).map(Recording::state).hasValue(RecordingState.READY);
        assertThat(renditions.of(id)).extracting(Rendition::id).containsExactly(composite, anna);
        assertThat(renditions.find(composite).orElseThrow().sha256()).isEqualTo(MADE.sha256());
        assertThat(renditions.find(composite).orElseThrow().remarks()).isEqualTo(MADE.remarks());
        assertThat(renditions.find(anna).orElseThrow().remarks()).isEmpty();
    }

    @Test
    void aRecordingOfWhichNothingCouldBeMadeHasFailedUntilSomethingIs() {
        UUID id = processing();
        UUID composite = rendition(id, Kind.COMPOSITE, null);
        UUID anna = rendition(id, Kind.PARTICIPANT, "p1");
        renditions.rendering(composite);
        renditions.failed(composite, "The encoder crashed.", now);
        renditions.rendering(anna);
        renditions.failed(anna, "The encoder crashed.", now);
        Recording failed = recordings.find(id).orElseThrow();
        assertThat(failed.state()).isEqualTo(RecordingState.FAILED);
        assertThat(failed.failure()).contains("What was recorded is kept");

        renditions.retry(anna);
        renditions.rendering(anna);
        renditions.ready(anna, MADE, now);
        Recording ready = recordings.find(id).orElseThrow();
        assertThat(ready.state()).isEqualTo(RecordingState.READY);
        assertThat(ready.failure()).isNull();
    }

    @Test
    void thatARecordingWasCutShortIsStillSaidWhenItIsReady() {
        UUID id = processing();
        database.jdbi().useHandle(handle -> handle.execute("update recordings set failure = 'Cut.' where id = ?", id));
        UUID composite = rendition(id, Kind.COMPOSITE, null);
        UUID anna = rendition(id, Kind.PARTICIPANT, "p1");
        renditions.rendering(composite);
        renditions.failed(composite, "The encoder crashed.", now);
        renditions.rendering(anna);
        renditions.ready(anna, MADE, now);
        assertThat(recordings.find(id)).map(Recording::failure).hasValue("Cut.");
        assertThat(renditions.retry(composite)).isTrue();
        renditions.rendering(composite);
        renditions.ready(composite, MADE, now);
        Recording ready = recordings.find(id).orElseThrow();
        assertThat(ready.state()).isEqualTo(RecordingState.READY);
        assertThat(ready.failure()).isEqualTo("Cut.");
    }

    @Test
    void aFailedRenditionIsRetriedOnceHoweverOftenItIsAsked() {
        UUID id = processing();
        UUID composite = rendition(id, Kind.COMPOSITE, null);
        assertThat(renditions.retry(composite)).isFalse();
        renditions.rendering(composite);
        renditions.failed(composite, "The encoder crashed.", now);
        assertThat(renditions.retry(composite)).isTrue();
        assertThat(renditions.retry(composite)).isFalse();
        assertThat(recordings.find(id)).map(Recording::state).hasValue(RecordingState.PROCESSING);
        assertThat(renditions.find(composite).orElseThrow().failure()).isNull();
    }

    @Test
    void aRecordingHasOneRenditionOfEachKindAndPerson() {
        UUID id = processing();
        UUID first = rendition(id, Kind.PARTICIPANT, "p1");
        assertThat(rendition(id, Kind.PARTICIPANT, "p1")).isEqualTo(first);
        assertThat(rendition(id, Kind.PARTICIPANT, "p2")).isNotEqualTo(first);
    }

    @Test
    void whatIsReadyStaysReadyWhenTheWorkIsDoneTwice() {
        UUID id = processing();
        UUID composite = rendition(id, Kind.COMPOSITE, null);
        renditions.rendering(composite);
        renditions.ready(composite, MADE, now);
        renditions.ready(composite, MADE, now.plus(Duration.ofSeconds(1)));
        assertThatThrownBy(() -> renditions.rendering(composite)).isInstanceOf(IllegalTransition.class);
        renditions.progress(composite, 0.1, null);
        assertThat(renditions.find(composite)).map(Rendition::progress).hasValue(1.0);
    }
}
