package org.everytake.studio.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.media.SenderLog.Sent;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.Segment;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.TakeFacts;
import org.everytake.studio.produce.Production;
import org.everytake.studio.signal.Attendee;
import org.everytake.studio.signal.Await;
import org.everytake.tape.Event;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.spool.SpoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real media over a real call onto a real tape. */
class RecordingsTest {
    private static final RecorderOptions OPTIONS = new RecorderOptions(
            Duration.ofSeconds(8),
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofMinutes(2));

    @TempDir
    Path folder;

    private Database database;
    private RecordingStage stage;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
        stage = stage(SpoolOptions.standard().withReserveBytes(0));
    }

    private RecordingStage stage(SpoolOptions options) throws Exception {
        return new RecordingStage(database, folder, OPTIONS, options).begin();
    }

    @AfterEach
    void close() {
        stage.close();
        database.close();
    }

    private static Clip anna() throws Exception {
        return RecordingStage.clip("0x2060C0", 440);
    }

    private static Clip bo() throws Exception {
        return RecordingStage.clip("0xC06020", 660);
    }

    private RecordedTape tape(UUID recording) throws Exception {
        return stage.tapes.open(recording);
    }

    private void awaitSent(Attendee attendee, int more) {
        int before = attendee.peer().log().size();
        Await.until(more + " more packets", () -> attendee.peer().log().size() >= before + more);
    }

    @Test
    void CAP_2_everyPacketThatArrivesIsOnTape() throws Exception {
        Attendee anna = stage.join("Anna").publish(anna());
        Attendee bo = stage.join("Bo").publish(bo());
        awaitSent(anna, 50);

        UUID id = stage.start("Talk");
        assertThat(stage.recordings.find(id).orElseThrow().state()).isEqualTo(RecordingState.RECORDING);
        awaitSent(anna, 400);
        awaitSent(bo, 100);
        Recording stopped = stage.recorder.stop(id, "stopped by Anna");

        assertThat(stopped.state()).isEqualTo(RecordingState.PROCESSING);
        try (RecordedTape tape = tape(id)) {
            assertThat(tape.damage()).isEmpty();
            assertThat(tape.started().title()).isEqualTo("Talk");
            assertThat(tape.started().snapshot().people()).hasSize(2);
            assertThat(tape.takes()).hasSize(4);
            for (RecordedTake take : tape.takes()) {
                Attendee whose = take.description().source().person().equals(anna.person()) ? anna : bo;
                assertWhole(take, whose);
            }
            assertThat(tape.journal().getLast().event()).isEqualTo(new Event.RecordingStopped("stopped by Anna"));
            assertThat(tape.journal().stream().filter(s -> s.event() instanceof Event.SenderReported))
                    .isNotEmpty();
            assertFacts(id, tape);
        }
        assertThat(anna.recordingStates()).containsSubsequence("starting", "recording", "stopping", "null");
        assertThat(bo.recordingStates()).containsSubsequence("starting", "recording", "stopping", "null");
        assertThat(anna.faults()).isEmpty();
    }

    /** Between the first and the last packet of each stream nothing is missing, and each is the one that was sent. */
    private static void assertWhole(RecordedTake take, Attendee whose) {
        for (StreamDescription stream : take.description().streams()) {
            Map<Integer, Long> timestamps = new HashMap<>();
            for (Sent sent : whose.peer().log().sent(stream.ssrc())) {
                timestamps.put((int) (sent.sequence() & 0xFFFF), sent.rtpTimestamp());
            }
            long expected = -1;
            for (TapeRecord packet : take.records(stream.stream())) {
                assertThat(packet.sequence()).isEqualTo(expected < 0 ? packet.sequence() : expected);
                expected = packet.sequence() + 1;
                long timestamp = Integer.toUnsignedLong(
                        java.nio.ByteBuffer.wrap(packet.bytes()).getInt(4));
                assertThat(timestamps.get((int) (packet.sequence() & 0xFFFF))).isEqualTo(timestamp);
            }
            assertThat(expected).isPositive();
        }
    }

    private void assertFacts(UUID id, RecordedTape tape) {
        List<TakeFacts> facts = stage.takes.takes(id);
        assertThat(facts).hasSize(4);
        for (RecordedTake take : tape.takes()) {
            TakeFacts fact = facts.get(take.number() - 1);
            long packets = 0;
            for (var unused : take.arrivals()) {
                packets++;
            }
            assertThat(fact.packets()).isEqualTo(packets).isPositive();
            assertThat(fact.dropped()).isZero();
            assertThat(fact.closedMillis()).isGreaterThan(fact.openedMillis());
        }
        assertThat(stage.takes.people(id).stream().map(person -> person.name())).containsExactly("Anna", "Bo");
        List<Rendition> renditions = stage.renditions.of(id);
        assertThat(renditions.stream().map(Rendition::name))
                .containsExactly("Talk.mp4", "Anna.mov", "Bo.mov", "Talk.mp3", "Anna.mp3", "Bo.mp3", "Talk.tar.gz");
        // The others are asked for when the composite is settled.
        assertThat(stage.waiting(Production.COMPOSITE))
                .containsExactly(renditions.getFirst().id().toString());
    }

    @Test
    void withoutAnyoneWhoSendsThereIsNothingToRecord() {
        Attendee anna = stage.join("Anna");

        assertThatThrownBy(() -> stage.start("Talk"))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.id()).isEqualTo(ErrorId.NOBODY_THERE));

        assertThat(stage.recorded()).isEmpty();
        assertThat(anna.recordingStates()).isEmpty();
    }

    @Test
    void aSessionIsRecordedOnceAtATimeAndStoppingTwiceIsTheSameAsOnce() throws Exception {
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");

        assertThatThrownBy(() -> stage.start("Talk again"))
                .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.id()).isEqualTo(ErrorId.ALREADY_RECORDING));
        awaitSent(anna, 20);
        Recording first = stage.recorder.stop(id, "stopped by Anna");
        Recording second = stage.recorder.stop(id, "stopped by Anna");

        assertThat(second).isEqualTo(first);
        UUID next = stage.start("Talk again");
        assertThat(next).isNotEqualTo(id);
        stage.recorder.stop(next, "stopped by Anna");
    }

    @Test
    void aDiskWithoutRoomRefusesARecordingBeforeThereIsAnythingOfIt() throws Exception {
        stage.close();
        stage = stage(SpoolOptions.standard().withReserveBytes(Long.MAX_VALUE));
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);

        assertThatThrownBy(() -> stage.start("Talk")).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.id()).isEqualTo(ErrorId.DISK_FULL);
            assertThat(e.sentence()).contains("32 MB to begin with").endsWith(".");
        });

        assertThat(stage.recorded()).isEmpty();
        assertThat(anna.recordingStates()).isEmpty();
        assertThat(stage.recorder.status(RecordingStage.SESSION)).isNull();
    }

    @Test
    void whatRunsAskForTenMinutesMore() {
        assertThat(Admission.needBytes(0)).isEqualTo(32_000_000);
        assertThat(Admission.needBytes(1_000_000)).isEqualTo(600_000_000);
    }

    @Test
    void aDiskThatCannotBeWrittenNeverShowsRecording() throws Exception {
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        Files.move(folder.resolve("spool"), folder.resolve("away"));
        Files.writeString(folder.resolve("spool"), "no folder");

        assertThatThrownBy(() -> stage.start("Talk")).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.id()).isEqualTo(ErrorId.RECORDER_FAILED);
            assertThat(e.sentence()).isNotBlank().endsWith(".");
        });

        Recording failed = stage.recorded().getFirst();
        assertThat(failed.state()).isEqualTo(RecordingState.FAILED);
        assertThat(failed.failure()).isNotBlank();
        Await.until("Anna is told", () -> anna.recordingStates().contains("failed: " + failed.failure()));
        assertThat(anna.recordingStates()).doesNotContain("recording");
        Await.until("and then no longer", () -> anna.recordingStates().getLast().equals("null"));
        Files.delete(folder.resolve("spool"));
        Files.move(folder.resolve("away"), folder.resolve("spool"));
    }

    @Test
    void aDiskThatFailsInBetweenIsToldAndWhatCameInTheMeantimeIsKept() throws Exception {
        stage.close();
        SpoolOptions usual = SpoolOptions.standard().withReserveBytes(0);
        stage = stage(new SpoolOptions(
                usual.tick(), Duration.ofMillis(500), usual.segmentBytes(), usual.poolBytes(), usual.reserveBytes()));
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");
        Path open = folder.resolve("spool").resolve(id.toString());
        Path away = folder.resolve("away");

        Files.move(open, away);
        Files.writeString(open, "no folder");
        Await.until("Anna is told", () -> anna.recordingStates().getLast().startsWith("recording: "));
        awaitSent(anna, 50);
        Files.delete(open);
        Files.move(away, open);
        Await.until(
                "Anna is told that it is over",
                () -> anna.recordingStates().getLast().equals("recording"));
        awaitSent(anna, 50);
        stage.recorder.stop(id, "stopped by Anna");

        try (RecordedTape tape = tape(id)) {
            assertThat(tape.takes()).hasSize(2);
            for (RecordedTake take : tape.takes()) {
                assertWhole(take, anna);
            }
        }
    }

    @Test
    void whenEverybodyHasLeftTheRecordingStopsByItself() throws Exception {
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");
        awaitSent(anna, 50);

        anna.loseSocket();
        stage.passes(Duration.ofSeconds(10));
        assertThat(stage.recordings.find(id).orElseThrow().state()).isEqualTo(RecordingState.RECORDING);
        stage.passes(Duration.ofSeconds(6));

        Await.until("it stops", () -> stage.recordings.find(id).orElseThrow().state() == RecordingState.PROCESSING);
        try (RecordedTape tape = tape(id)) {
            assertThat(tape.journal().getLast().event()).isEqualTo(new Event.RecordingStopped("everybody left"));
        }
    }

    @Test
    void whoComesLaterLeavesOrMutesIsInTheJournal() throws Exception {
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");
        Attendee bo = stage.join("Bo").publish(bo());
        awaitSent(bo, 100);
        bo.mute("microphone", true);
        bo.leave();
        awaitSent(anna, 50);

        stage.recorder.stop(id, "stopped by Anna");

        try (RecordedTape tape = tape(id)) {
            List<Event> events = tape.journal().stream().map(s -> s.event()).toList();
            assertThat(events)
                    .contains(new Event.PersonJoined(bo.person(), "Bo"))
                    .contains(new Event.SourceMuted(bo.person(), org.everytake.tape.Kind.MICROPHONE, true))
                    .contains(new Event.PersonLeft(bo.person()));
            assertThat(tape.takes()).hasSize(4);
        }
        assertThat(stage.renditions.of(id)).hasSize(7);
        assertThat(stage.takes.takes(id).stream().map(TakeFacts::closeReason)).contains("left", "stopped");
    }

    @Test
    void segmentsAreShippedDuringTheCallAndErasedADayLater() throws Exception {
        stage.close();
        SpoolOptions usual = SpoolOptions.standard().withReserveBytes(0);
        stage = stage(new SpoolOptions(
                usual.tick(), Duration.ofMillis(500), usual.segmentBytes(), usual.poolBytes(), usual.reserveBytes()));
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");

        Await.until(
                "two segments are shipped while it records",
                () -> stage.segments.of(id).stream()
                                .filter(segment -> segment.shippedAt() != null)
                                .count()
                        >= 2);
        assertThat(stage.recordings.find(id).orElseThrow().state()).isEqualTo(RecordingState.RECORDING);
        stage.recorder.stop(id, "stopped by Anna");
        Await.until("all are shipped", () -> stage.segments.of(id).stream().allMatch(s -> s.shippedAt() != null));
        long packets = count(id);
        stage.run(stage.shipper.erasing(), "recurring");
        assertThat(stage.segments.of(id).stream().map(Segment::erasedAt)).containsOnlyNulls();

        stage.passes(Duration.ofHours(25));
        stage.run(stage.shipper.erasing(), "recurring");

        assertThat(stage.segments.of(id)).isNotEmpty().allMatch(segment -> segment.erasedAt() != null);
        assertThat(stage.spool.segments(id.toString())).isEmpty();
        assertThat(count(id)).isEqualTo(packets).isPositive();
    }

    @Test
    void aSegmentThatCannotBeShippedHoldsUpNoOther() throws Exception {
        UUID lost = UUID.fromString("01998f00-0000-7000-8000-000000000001");
        stage.recordings.create(
                lost, UUID.fromString(RecordingStage.SESSION), "Lost", SessionMode.VIDEO, "Anna", stage.now());
        stage.recordings.failed(lost, "Lost.");
        stage.segments.sealed(lost, "00000001.tape", 100, stage.now().minusSeconds(60));
        Attendee anna = stage.join("Anna").publish(anna());
        awaitSent(anna, 20);
        UUID id = stage.start("Talk");
        awaitSent(anna, 50);

        stage.recorder.stop(id, "stopped by Anna");

        Await.until(
                "its own are shipped",
                () -> !stage.segments.of(id).isEmpty()
                        && stage.segments.of(id).stream().allMatch(s -> s.shippedAt() != null));
        assertThat(stage.segments.of(lost).getFirst().shippedAt()).isNull();
    }

    private long count(UUID id) throws Exception {
        try (RecordedTape tape = tape(id)) {
            return tape.takes().stream()
                    .flatMap(take -> Stream.iterate(take.arrivals().iterator(), i -> i.hasNext(), i -> {
                        i.next();
                        return i;
                    }))
                    .count();
        }
    }
}
