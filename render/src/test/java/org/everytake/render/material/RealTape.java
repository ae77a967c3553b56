package org.everytake.render.material;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.everytake.tape.Event;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.read.TapeTail;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.tape.spool.Take;
import org.everytake.tape.spool.Tape;

/** Writes a script onto a real tape, packet by packet and event by event, and reads it back. */
public final class RealTape {
    private static final TapeKey KEY = TapeKey.of(new byte[TapeKey.BYTES]);

    /** Something to be done at its time. */
    private record Deed(long stampNanos, Runnable run) {}

    private final Script script;
    private final Tape tape;
    private final long commitNanos;
    private final Map<Integer, Take> takes = new HashMap<>();
    private final Map<Integer, Long> positions = new HashMap<>();
    private boolean finished;

    private RealTape(Script script, Tape tape, long commitNanos) {
        this.script = script;
        this.tape = tape;
        this.commitNanos = commitNanos;
    }

    /** @param folder for the spool */
    public static RecordedTape of(Script script, Path folder) throws Exception {
        return read(write(script, folder, SpoolOptions.standard().withReserveBytes(0), Duration.ofMinutes(1)));
    }

    /**
     * The segments of such a tape, small ones.
     *
     * @param commits each stretch so long is durable before the next one is appended, so that it has batches of its own
     */
    public static List<Path> segments(Script script, Path folder, Duration commits) throws Exception {
        return write(
                script,
                folder,
                new SpoolOptions(Duration.ofMillis(2), Duration.ofSeconds(60), 10_000, 16 << 20, 0),
                commits);
    }

    public static RecordedTape read(List<Path> segments) throws Exception {
        return RecordedTape.read(segments.stream().map(SegmentSource::of).toList(), KEY);
    }

    /** Follows segments that are all there. */
    public static TapeTail tail(List<Path> segments) {
        return new TapeTail(() -> segments.stream().map(SegmentSource::of).toList(), KEY);
    }

    private static List<Path> write(Script script, Path folder, SpoolOptions options, Duration commits)
            throws Exception {
        try (Spool spool = Spool.open(folder, options, SpoolListener.NONE)) {
            Tape tape = spool.create(KEY, script.started);
            new RealTape(script, tape, commits.toNanos()).perform();
        }
        try (Spool spool = Spool.open(folder, options, SpoolListener.NONE)) {
            spool.recover(recording -> KEY);
            return spool.segments(script.started.recording()).stream()
                    .map(SealedSegment::file)
                    .toList();
        }
    }

    private void perform() throws Exception {
        List<Deed> deeds = new ArrayList<>();
        script.inOrder().forEach(act -> deeds.add(new Deed(act.stampNanos(), () -> perform(act))));
        script.takes
                .keySet()
                .forEach(take -> script.packets(take)
                        .forEach(packet -> deeds.add(new Deed(packet.stampNanos(), () -> append(take, packet)))));
        deeds.sort(Comparator.comparingLong(Deed::stampNanos));
        long commitAt = commitNanos;
        for (Deed deed : deeds) {
            if (deed.stampNanos() >= commitAt) {
                commit();
                commitAt = deed.stampNanos() + commitNanos;
            }
            deed.run.run();
            if (finished) {
                tape.finish(deed.stampNanos, "stop").get(60, TimeUnit.SECONDS);
                return;
            }
        }
    }

    private void perform(Script.Act act) {
        switch (act.event()) {
            case Event.TakeOpened opened -> {
                TakeDescription description = script.takes.get(opened.take());
                if (description != null) {
                    takes.put(opened.take(), tape.open(act.stampNanos(), description));
                }
            }
            case Event.TakeClosed closed -> take(closed.take()).close(act.stampNanos(), closed.reason());
            case Event.RecordingStopped stopped -> finished = true;
            default -> tape.record(act.stampNanos(), act.event());
        }
    }

    private void commit() {
        positions.forEach((take, position) -> {
            while (take(take).committed() < position) {
                Thread.onSpinWait();
            }
        });
    }

    private void append(int number, TapeRecord packet) {
        long position = take(number)
                .append(
                        packet.stream(),
                        packet.sequence(),
                        packet.stampNanos(),
                        packet.bytes(),
                        0,
                        packet.bytes().length);
        if (position == Take.DROPPED) {
            throw new IllegalStateException("The tape dropped a packet of take " + number);
        }
        positions.put(number, position);
    }

    private Take take(int number) {
        Take take = takes.get(number);
        if (take == null) {
            throw new IllegalStateException("Take " + number + " is not open");
        }
        return take;
    }
}
