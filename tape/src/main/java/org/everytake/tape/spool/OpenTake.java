package org.everytake.tape.spool;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.format.RecordHeader;

/**
 * The side of an open take that the call sees. {@link #append} belongs to one thread at a time and takes no lock; what
 * the tape thread needs of it crosses in volatile fields.
 */
final class OpenTake implements Take {
    private final OpenTape tape;
    private final int number;
    final ChunkQueue queue;
    private final Map<Integer, AtomicLong> unreportedDrops = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private volatile long lastDropNanos;
    private volatile long committed;
    private volatile boolean closed;
    private volatile boolean appending;

    // the appending thread's
    private long accepted;

    OpenTake(OpenTape tape, int number, ChunkQueue queue) {
        this.tape = tape;
        this.number = number;
        this.queue = queue;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public long append(int stream, long sequence, long stampNanos, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (stream < 0 || stream > 0xFFFF) {
            throw new IllegalArgumentException("stream " + stream + " is not within 0 to 65535");
        }
        appending = true; // before closed is read: see quiet()
        try {
            if (closed) {
                return DROPPED;
            }
            boolean fits = length <= MAX_RECORD_BYTES;
            if (!fits || !queue.append(RecordHeader.PACKET, stream, sequence, stampNanos, bytes, offset, length)) {
                drop(stream, stampNanos);
                return DROPPED;
            }
            return ++accepted;
        } finally {
            appending = false;
        }
    }

    private void drop(int stream, long stampNanos) {
        dropped.incrementAndGet();
        lastDropNanos = stampNanos;
        unreportedDrops.computeIfAbsent(stream, s -> new AtomicLong()).incrementAndGet();
    }

    @Override
    public boolean describe(long stampNanos, TakeDescription description) {
        if (description.take() != number) {
            throw new IllegalArgumentException("a description of take " + description.take() + " for take " + number);
        }
        return tape.describe(this, stampNanos, description);
    }

    @Override
    public long committed() {
        return committed;
    }

    @Override
    public long dropped() {
        return dropped.get();
    }

    @Override
    public void close(long stampNanos, String reason) {
        tape.close(this, stampNanos, reason);
    }

    /** Nothing is accepted from now on. False if that was so already. Under the tape's lock. */
    boolean refuse() {
        boolean was = closed;
        closed = true;
        return !was;
    }

    /** Whether nothing more can come: closed, and no append under way that began before. */
    boolean quiet() {
        return closed && !appending;
    }

    /** The tape thread's: what was committed. */
    void committed(long position) {
        committed = position;
    }

    /** The tape thread's: a description of so many bytes is durable. */
    void settled(int descriptionBytes) {
        tape.settled(descriptionBytes);
    }

    /** The tape thread's: how many of this stream were dropped since it was last asked. */
    Map<Integer, AtomicLong> unreportedDrops() {
        return unreportedDrops;
    }

    long lastDropNanos() {
        return lastDropNanos;
    }
}
