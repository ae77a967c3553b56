package org.everytake.tape.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.tape.Fixtures.KEY;
import static org.everytake.tape.Fixtures.RECORDING;
import static org.everytake.tape.Fixtures.description;
import static org.everytake.tape.Fixtures.numbers;
import static org.everytake.tape.Fixtures.packet;
import static org.everytake.tape.Fixtures.started;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.Event;
import org.everytake.tape.Fixtures;
import org.everytake.tape.Kind;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.SpoolFolder;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.read.TapeTail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeTailTest {
    private static final int PACKETS = 600;

    @TempDir
    Path folder;

    private final Heard heard = new Heard();

    /** What a tail told. */
    private static final class Told implements TapeTail.Listener {
        final List<Event.RecordingStarted> started = new ArrayList<>();
        final List<Long> events = new ArrayList<>();
        final List<Long> packets = new ArrayList<>();
        boolean described;
        boolean stopped;

        @Override
        public void started(Event.RecordingStarted begun) {
            assertThat(events).isEmpty();
            started.add(begun);
        }

        @Override
        public void event(Stamped event) {
            events.add(event.number());
            stopped |= event.event() instanceof Event.RecordingStopped;
        }

        @Override
        public void described(TakeDescription description, long stampNanos) {
            assertThat(description).isEqualTo(description(1));
            described = true;
        }

        @Override
        public void packet(int take, TapeRecord record) {
            assertThat(described).isTrue();
            assertThat(record.bytes()).isEqualTo(Fixtures.packet(take, record.stream(), record.sequence()));
            packets.add(record.sequence());
        }
    }

    private void write(Told told, TapeTail tail) throws Exception {
        try (Spool spool = Spool.open(folder, Heard.smallSegments(), heard)) {
            Tape tape = spool.create(KEY, started(RECORDING));
            Take take = tape.open(0, description(tape.nextTake()));
            for (long sequence = 0; sequence < PACKETS; sequence++) {
                byte[] packet = packet(1, 0, sequence);
                long position = take.append(0, sequence, sequence, packet, 0, packet.length);
                if (sequence % 20 == 0) {
                    tape.record(sequence, new Event.SourceMuted("anna", Kind.CAMERA, sequence % 40 == 0));
                    heard.await(() -> take.committed() >= position);
                    readAll(told, tail);
                    assertThat(told.packets).as("what is committed can be read").hasSize((int) sequence + 1);
                }
            }
            tape.finish(PACKETS, "over").get(60, TimeUnit.SECONDS);
        }
    }

    /** As they lie there now; one that is sealed meanwhile is found all the same. */
    private List<SegmentSource> segments() throws IOException {
        return new SpoolFolder(folder).segments(RECORDING);
    }

    private static void readAll(Told told, TapeTail tail) throws Exception {
        boolean more = true;
        while (more) {
            more = tail.next(told);
        }
    }

    @Test
    void REN_8_aTapeIsReadWhileItIsWrittenEachRecordOnce() throws Exception {
        Told told = new Told();
        try (TapeTail tail = new TapeTail(this::segments, KEY)) {
            write(told, tail);
            readAll(told, tail);
        }
        assertThat(heard.sealed).hasSizeGreaterThan(2);
        assertThat(told.started).containsExactly(started(RECORDING));
        assertThat(told.packets).isEqualTo(numbers(PACKETS));
        assertThat(told.events).isEqualTo(numbers(told.events.size()));
        assertThat(told.stopped).isTrue();
    }

    @Test
    void CAP_4_whatIsDamagedOrGoneIsSteppedOverOnceSomethingFollows() throws Exception {
        try (TapeTail none = new TapeTail(this::segments, KEY)) {
            write(new Told(), none);
        }
        List<SegmentSource> segments = new ArrayList<>(segments());
        Path damaged = folder.resolve(RECORDING).resolve(segments.get(1).name());
        byte[] bytes = Files.readAllBytes(damaged);
        for (int i = bytes.length / 3; i < bytes.length / 3 + 64; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(damaged, bytes);
        segments.remove(2);
        Told told = new Told();
        try (TapeTail tail = new TapeTail(() -> segments, KEY)) {
            readAll(told, tail);
        }
        assertThat(told.packets).isSorted().doesNotHaveDuplicates().contains(0L, PACKETS - 1L);
        assertThat(told.packets.size()).isBetween(PACKETS / 3, PACKETS - 1);
        assertThat(told.stopped).isTrue();
    }
}
