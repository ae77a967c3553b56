package org.everytake.render.media;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/** Lets several threads read a tape, which one at a time may own: each takes a handful of records under the lock. */
public final class TapeReader {
    private static final int HANDFUL = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecordedTape tape;

    public TapeReader(RecordedTape tape) {
        this.tape = tape;
    }

    /** The records of a stream in order; none if the tape has no such take. The iterator belongs to one thread. */
    public Iterator<TapeRecord> records(int take, int stream) {
        lock.lock();
        try {
            for (RecordedTake recorded : tape.takes()) {
                if (recorded.number() == take) {
                    return new Shared(recorded.records(stream).iterator());
                }
            }
            return Collections.emptyIterator();
        } finally {
            lock.unlock();
        }
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
