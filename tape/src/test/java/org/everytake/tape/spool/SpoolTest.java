package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.contents;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.sequences;
import static org.everytake.tape.Fixtures.sources;
import static org.everytake.tape.Fixtures.started;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.Event;
import org.everytake.tape.Fixtures;
import org.everytake.tape.Kind;
import org.everytake.tape.Person;
import org.everytake.tape.Source;
import org.everytake.tape.Stamped;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    private final Heard heard = new Heard();

    @Test
    void CAP_2_everyPacketThatArrivesIsOnTape() throws Exception {
        try (Spool spool = Spool.open(folder, Heard.smallSegments(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            List<Take> takes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                takes.add(tape.open(i, description(tape.nextTake())));
            }
            for (long sequence = 0; sequence < 1000; sequence++) {
                for (Take take : takes) {
                    byte[] packet = packet(take.number(), 0, sequence);
                    assertThat(take.append(0, sequence, sequence * 1000, packet, 0, packet.length))
                            .isEqualTo(sequence + 1);
                }
            }
            tape.finish(1_000_000, "somebody pressed Stop").get(60, TimeUnit.SECONDS);
            for (Take take : takes) {
                assertThat(take.committed()).isEqualTo(1000);
                assertThat(take.dropped()).isZero();
            }
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.started()).isEqualTo(started(RECORDING));
            assertThat(contents(tape))
                    .containsOnlyKeys(1, 2, 3, 4)
                    .allSatisfy((take, streams) -> assertThat(streams).isEqualTo(Map.of(0, numbers(1000))));
            assertThat(tape.takes())
                    .allSatisfy(take -> assertThat(take.description()).isEqualTo(description(take.number())));
            assertThat(tape.damage()).isEmpty();
        }
        assertThat(heard.sealed).hasSizeGreaterThan(1);
        for (SealedSegment segment : heard.sealed) {
            SealedSegment found = SealedSegment.found(segment.ordinal(), segment.file());
            assertThat(found.sha256()).isEqualTo(segment.sha256());
            assertThat(found.sizeBytes()).isEqualTo(segment.sizeBytes());
        }
        assertThat(heard.faults).isEmpty();
    }

    @Test
    void CAP_2_latePacketsComeBackInOrderAndDuplicatesOnce() throws Exception {
        List<Long> sent = new ArrayList<>();
        for (long sequence = 65_000; sequence < 67_000; sequence++) {
            sent.add(sequence);
            if (sequence % 7 == 0) {
                sent.add(sequence - 5);
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) { // retransmitted late, over batches and segments
            int at = random.nextInt(sent.size());
            long late = sent.remove(at);
            sent.add(Math.min(sent.size(), at + random.nextInt(400)), late);
        }
        try (Spool spool = Spool.open(folder, Heard.smallSegments(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            long position = 0;
            for (int i = 0; i < sent.size(); i++) {
                byte[] packet = packet(1, i % 2, sent.get(i));
                position = take.append(i % 2, sent.get(i), i, packet, 0, packet.length);
                if (i % 100 == 0) {
                    long upTo = position;
                    heard.await(() -> take.committed() >= upTo);
                }
            }
            tape.finish(0, "").get(60, TimeUnit.SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            for (int stream = 0; stream < 2; stream++) {
                int parity = stream;
                List<Long> expected = new ArrayList<>();
                for (int i = parity; i < sent.size(); i += 2) {
                    expected.add(sent.get(i));
                }
                List<Long> arrival = expected.stream().distinct().toList();
                List<Long> inOrder = new ArrayList<>(arrival);
                Collections.sort(inOrder);
                RecordedTake take = tape.takes().getFirst();
                assertThat(sequences(tape, 1, stream)).isEqualTo(inOrder);
                assertThat(take.records(stream))
                        .extracting(TapeRecord::sequence)
                        .isEqualTo(inOrder);
                assertThat(take.arrivals())
                        .filteredOn(r -> r.stream() == parity)
                        .extracting(TapeRecord::sequence)
                        .isEqualTo(arrival);
            }
            assertThat(tape.takes().getFirst().records(9)).isEmpty();
        }
    }

    @Test
    void journalSaysWhatHappenedInOrder() throws Exception {
        Event unknown = new Event.UnknownEvent(0x0123, new byte[] {1, 2, 3});
        Event report = new Event.SenderReported(1, 0, -5L, 0xFFFF_FFFFL, 10, 1000);
        try (Spool spool = Spool.open(folder, Heard.options(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            assertThat(tape.committed()).isEqualTo(1);
            Take take = tape.open(10, description(tape.nextTake()));
            tape.record(20, new Event.PersonJoined("cem", "Cem"));
            tape.record(30, new Event.SourceMuted("anna", Kind.CAMERA, true));
            tape.record(40, report);
            tape.record(50, unknown);
            tape.record(60, new Event.PersonLeft("ben"));
            take.close(70, "left");
            take.close(75, "again");
            assertThat(take.append(0, 0, 0, new byte[1], 0, 1)).isEqualTo(Take.DROPPED);
            tape.finish(80, "stop").get(60, TimeUnit.SECONDS);
            tape.record(90, new Event.PersonLeft("anna"));
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.journal())
                    .containsExactly(
                            new Stamped(0, 0, started(RECORDING)),
                            new Stamped(1, 10, new Event.TakeOpened(1, new Source("anna", Kind.CAMERA, "front"))),
                            new Stamped(2, 20, new Event.PersonJoined("cem", "Cem")),
                            new Stamped(3, 30, new Event.SourceMuted("anna", Kind.CAMERA, true)),
                            new Stamped(4, 40, report),
                            new Stamped(5, 50, unknown),
                            new Stamped(6, 60, new Event.PersonLeft("ben")),
                            new Stamped(7, 70, new Event.TakeClosed(1, "left")),
                            new Stamped(8, 80, new Event.RecordingStopped("stop")));
        }
    }

    @Test
    void eachSegmentCanBeReadWithNothingButItself() throws Exception {
        TakeDescription later;
        SealedSegment last;
        try (Spool spool = Spool.open(folder, Heard.smallSegments(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            tape.record(1, new Event.PersonJoined("cem", "Cem"));
            Take take = tape.open(2, description(tape.nextTake()));
            append(take, 0, 300);
            TakeDescription first = description(1);
            List<StreamDescription> streams = new ArrayList<>(first.streams());
            streams.add(new StreamDescription(2, 99, "0", ""));
            later = new TakeDescription(1, first.source(), first.codecs(), first.headerExtensions(), streams);
            heard.await(() -> take.committed() == 300);
            take.describe(300, later);
            append(take, 300, 600);
            heard.await(() -> take.committed() == 600);
            int before = heard.sealed.size();
            append(take, 600, 900);
            heard.await(() -> take.committed() == 900 && heard.sealed.size() > before);
            last = heard.sealed.getLast();
            tape.finish(900, "").get(60, TimeUnit.SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(List.of(last.source()), KEY)) {
            assertThat(tape.started().title()).isEqualTo("Weekly call");
            assertThat(tape.started().snapshot().people()).contains(new Person("cem", "Cem"));
            assertThat(tape.started().snapshot().lastTake()).isEqualTo(1);
            assertThat(tape.takes().getFirst().description()).isEqualTo(later);
            assertThat(tape.takes().getFirst().records()).isNotEmpty();
            assertThat(tape.damage()).extracting(d -> d.what()).anyMatch(what -> what.contains("missing"));
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(tape.takes().getFirst().descriptions())
                    .containsExactly(
                            new RecordedTake.Described(2, description(1)), new RecordedTake.Described(300, later));
        }
    }

    @Test
    void segmentsSealWhenTheyAreOld() throws Exception {
        SpoolOptions old =
                new SpoolOptions(java.time.Duration.ofMillis(5), java.time.Duration.ofMillis(20), 8 << 20, 16 << 20, 0);
        try (Spool spool = Spool.open(folder, old, heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            heard.await(() -> heard.sealed.size() == 1);
            tape.record(1, new Event.PersonLeft("ben"));
            heard.await(() -> heard.sealed.size() == 2);
            assertThat(spool.segments(RECORDING))
                    .extracting(SealedSegment::ordinal)
                    .containsExactly(1, 2);
            spool.erase(RECORDING, heard.sealed.getFirst().name());
            assertThat(spool.segments(RECORDING))
                    .extracting(SealedSegment::ordinal)
                    .containsExactly(2);
        }
    }

    @Test
    void fullMemoryDropsCountsAndJournals() throws Exception {
        SpoolOptions slow = new SpoolOptions(
                java.time.Duration.ofSeconds(2), java.time.Duration.ofSeconds(10), 8 << 20, 64 << 10, 0);
        int kept = 0;
        try (Spool spool = Spool.open(folder, slow, heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            for (long sequence = 0; sequence < 1000; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                kept += take.append(0, sequence, sequence, packet, 0, packet.length) > 0 ? 1 : 0;
            }
            assertThat(kept).isBetween(1, 999);
            assertThat(take.dropped()).isEqualTo(1000 - kept);
            tape.finish(0, "").get(60, TimeUnit.SECONDS);
        }
        try (RecordedTape tape = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(sequences(tape, 1, 0)).hasSize(kept);
            assertThat(tape.journal()).extracting(Stamped::event).contains(new Event.PacketsDropped(1, 0, 1000 - kept));
        }
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        try (Spool spool = Spool.open(folder, Heard.options(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            assertThatThrownBy(() -> spool.create(KEY, started(RECORDING)))
                    .isInstanceOf(TapeFault.class)
                    .hasMessageContaining("already");
            assertThatThrownBy(() -> spool.create(KEY, started("../up"))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Spool.open(folder, Heard.options(), heard))
                    .isInstanceOf(TapeFault.class)
                    .hasMessageContaining("another process");
            Take take = tape.open(0, description(7));
            assertThatThrownBy(() -> tape.open(0, description(7))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> take.describe(0, description(8))).isInstanceOf(IllegalArgumentException.class);
            byte[] large = new byte[Take.MAX_RECORD_BYTES + 1];
            assertThat(take.append(0, 0, 0, large, 0, large.length)).isEqualTo(Take.DROPPED);
            assertThatThrownBy(() -> take.append(0, 0, 0, large, 5, large.length))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(tape.finish(1, "a").get(60, TimeUnit.SECONDS)).isNull();
            assertThat(tape.finish(1, "b").get(60, TimeUnit.SECONDS)).isNull();
            assertThatThrownBy(() -> tape.open(2, description(9))).isInstanceOf(IllegalStateException.class);
            spool.erase(RECORDING);
            assertThat(spool.segments(RECORDING)).isEmpty();
        }
        SpoolOptions greedy = Heard.options().withReserveBytes(Long.MAX_VALUE);
        try (Spool spool = Spool.open(folder, greedy, heard)) {
            assertThatThrownBy(() -> spool.create(KEY, started(RECORDING)))
                    .isInstanceOf(TapeFault.class)
                    .hasMessageContaining("nearly full");
        }
    }

    @Test
    void whatTheSpoolsEndCutsShortIsToldAndGoesOnLater() throws Exception {
        Tape tape;
        try (Spool spool = Spool.open(folder, Heard.options(), heard)) {
            tape = spool.create(KEY, started(RECORDING));
            append(tape.open(0, description(1)), 0, 100);
        }
        assertThat(tape.finish(1, "too late")).isCompletedExceptionally();
        try (Spool spool = Spool.open(folder, Heard.options(), heard)) {
            RecoveredRecording recovered = spool.recover(recording -> KEY).getFirst();
            assertThat(recovered.stopped()).isFalse();
            assertThat(recovered.damage()).isEmpty();
        }
        try (RecordedTape read = RecordedTape.read(sources(folder, RECORDING), KEY)) {
            assertThat(sequences(read, 1, 0)).isEqualTo(numbers(100));
        }
    }

    private static void append(Take take, long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            byte[] packet = Fixtures.packet(take.number(), 0, sequence);
            take.append(0, sequence, sequence, packet, 0, packet.length);
        }
    }
}
