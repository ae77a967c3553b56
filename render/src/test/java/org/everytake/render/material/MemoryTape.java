package org.everytake.render.material;

import java.util.Comparator;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.read.Damage;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/** A tape in memory, for tests that are about plans. */
public final class MemoryTape implements RecordedTape {
    private final Script script;

    public MemoryTape(Script script) {
        this.script = script;
    }

    @Override
    public Event.RecordingStarted started() {
        return script.started;
    }

    @Override
    public List<Stamped> journal() {
        return script.journal();
    }

    @Override
    public List<RecordedTake> takes() {
        return script.takes.values().stream()
                .map(description -> (RecordedTake) new MemoryTake(description))
                .toList();
    }

    @Override
    public List<Damage> damage() {
        return List.of();
    }

    @Override
    public void close() {}

    private final class MemoryTake implements RecordedTake {
        private final TakeDescription description;

        MemoryTake(TakeDescription description) {
            this.description = description;
        }

        @Override
        public int number() {
            return description.take();
        }

        @Override
        public TakeDescription description() {
            return description;
        }

        private long opened() {
            return script.inOrder().stream()
                    .filter(act -> act.event() instanceof Event.TakeOpened opened && opened.take() == number())
                    .mapToLong(Script.Act::stampNanos)
                    .findFirst()
                    .orElse(0);
        }

        @Override
        public List<Described> descriptions() {
            return List.of(new Described(opened(), description));
        }

        @Override
        public Iterable<TapeRecord> records() {
            return script.packets(number()).stream()
                    .sorted(Comparator.comparingLong(TapeRecord::sequence))
                    .toList();
        }

        @Override
        public Iterable<TapeRecord> records(int stream) {
            return script.packets(number()).stream()
                    .filter(packet -> packet.stream() == stream)
                    .sorted(Comparator.comparingLong(TapeRecord::sequence))
                    .toList();
        }

        @Override
        public Iterable<TapeRecord> records(int stream, long fromNanos) {
            return script.packets(number()).stream()
                    .filter(packet -> packet.stream() == stream && packet.stampNanos() >= fromNanos)
                    .sorted(Comparator.comparingLong(TapeRecord::sequence))
                    .toList();
        }

        @Override
        public Iterable<TapeRecord> arrivals() {
            return script.packets(number());
        }

        @Override
        public List<Damage> damage() {
            return List.of();
        }
    }
}
