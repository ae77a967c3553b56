package org.everytake.render.media;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.everytake.render.Clip;
import org.everytake.render.clock.ClockMap;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/** Lets several threads read a tape, which one at a time may own: each takes a handful of records under the lock. */
public final class TapeReader implements PictureSource {
    private static final int HANDFUL = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecordedTape tape;
    private final Runnable before;

    public TapeReader(RecordedTape tape) {
        this(tape, () -> {});
    }

    /** @param before runs before each handful, on the thread that takes it */
    public TapeReader(RecordedTape tape, Runnable before) {
        this.tape = tape;
        this.before = before;
    }

    /** The records of a stream in order; none if the tape has no such take. The iterator belongs to one thread. */
    public Iterator<TapeRecord> records(int take, int stream) {
        return records(take, stream, Long.MIN_VALUE);
    }

    /** The same without what came before a time, save for a little. */
    public Iterator<TapeRecord> records(int take, int stream, long fromNanos) {
        lock.lock();
        try {
            for (RecordedTake recorded : tape.takes()) {
                if (recorded.number() == take) {
                    return new Shared(recorded.records(stream, fromNanos).iterator());
                }
            }
            return Collections.emptyIterator();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Iterator<Picture> pictures(Clip clip, long fromNanos) {
        long arrived = ClockMap.earliestArrival(fromNanos);
        Iterator<TapeRecord> records = records(clip.take(), clip.stream(), arrived);
        return new PictureReader(
                arrived == Long.MIN_VALUE
                        ? new RtpReader(records, clip.format())
                        : new RtpReader(records, clip.format(), clip.clock()));
    }

    private final class Shared implements Iterator<TapeRecord> {
        private final Iterator<TapeRecord> source;
        private final ArrayDeque<TapeRecord> taken = new ArrayDeque<>(HANDFUL);

        Shared(Iterator<TapeRecord> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            if (taken.isEmpty()) {
                before.run();
                lock.lock();
                try {
                    while (taken.size() < HANDFUL && source.hasNext()) {
                        taken.add(source.next());
                    }
                } finally {
                    lock.unlock();
                }
            }
            return !taken.isEmpty();
        }

        @Override
        public TapeRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return taken.remove();
        }
    }
}
