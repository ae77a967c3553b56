package org.everytake.tape.spool;

import java.util.List;
import java.util.Objects;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentSeal.Slice;
import org.jspecify.annotations.Nullable;

/**
 * The records of one take on their way to the disk: a chain of chunks, written at its tail by one thread, read at its
 * head by another, without a lock. The reader may read the same records again until it has committed them.
 */
final class ChunkQueue {
    private final ChunkPool pool;

    // the appending thread's
    private @Nullable Chunk tail;

    // set once by the appending thread, then the tape thread's
    private volatile @Nullable Chunk first;

    // the tape thread's
    private @Nullable Chunk committedChunk;
    private int committedBytes;
    private @Nullable Chunk readChunk;
    private int readBytes;
    private @Nullable Chunk markChunk;
    private int markBytes;

    ChunkQueue(ChunkPool pool) {
        this.pool = pool;
    }

    /** Appends one record; false when there is no memory for it. */
    boolean append(int type, int stream, long sequence, long stampNanos, byte[] bytes, int offset, int length) {
        int need = RecordHeader.BYTES + length;
        Chunk chunk = tail;
        if (chunk == null || Chunk.BYTES - chunk.published < need) {
            Chunk fresh = pool.take();
            if (fresh == null) {
                return false;
            }
            write(fresh, type, stream, sequence, stampNanos, bytes, offset, length);
            if (chunk == null) {
                first = fresh;
            } else {
                chunk.next = fresh;
            }
            tail = fresh;
            return true;
        }
        write(chunk, type, stream, sequence, stampNanos, bytes, offset, length);
        return true;
    }

    private static void write(
            Chunk chunk, int type, int stream, long sequence, long stampNanos, byte[] bytes, int offset, int length) {
        int at = chunk.published;
        RecordHeader.write(chunk.bytes, at, type, stream, length, sequence, stampNanos);
        System.arraycopy(bytes, offset, chunk.bytes, at + RecordHeader.BYTES, length);
        chunk.published = at + RecordHeader.BYTES + length;
    }

    /** Marks what is there now: {@link #read} goes so far and no further, until the next mark. */
    void mark() {
        if (readChunk == null) {
            readChunk = first;
            committedChunk = first;
        }
        Chunk chunk = readChunk;
        if (chunk == null) {
            return;
        }
        for (Chunk next = chunk.next; next != null; next = chunk.next) {
            chunk = next;
        }
        markChunk = chunk;
        markBytes = chunk.published;
    }

    /** Whether there is anything to read before the mark. */
    boolean hasMore() {
        return readChunk != null && (readChunk != markChunk || readBytes < markBytes);
    }

    /**
     * Reads on, from where the last read ended.
     *
     * @param into gets the pieces, at most so many bytes
     * @return how many records they hold
     */
    int read(List<Slice> into, int maxBytes) {
        int records = 0;
        int left = maxBytes;
        while (hasMore()) {
            Chunk chunk = Objects.requireNonNull(readChunk);
            int available = (chunk == markChunk ? markBytes : chunk.published) - readBytes;
            if (available > left) {
                break;
            }
            if (available > 0) {
                into.add(new Slice(chunk.bytes, readBytes, available));
                records += count(chunk.bytes, readBytes, readBytes + available);
                readBytes += available;
                left -= available;
            }
            if (chunk != markChunk) {
                readChunk = chunk.next;
                readBytes = 0;
            }
        }
        return records;
    }

    /** What was read is durable: its memory can be used again. */
    void commit() {
        while (committedChunk != null && committedChunk != readChunk) {
            Chunk next = committedChunk.next;
            pool.give(committedChunk);
            committedChunk = next;
        }
        committedBytes = readBytes;
    }

    /** Reads again what was not committed. */
    void rewind() {
        readChunk = committedChunk;
        readBytes = committedBytes;
    }

    /** Gives all memory back; nobody appends or reads any more. */
    void release() {
        commit();
        Chunk chunk = committedChunk;
        while (chunk != null) {
            Chunk next = chunk.next;
            pool.give(chunk);
            chunk = next;
        }
        committedChunk = null;
        readChunk = null;
        markChunk = null;
    }

    private static int count(byte[] bytes, int from, int to) {
        int records = 0;
        try {
            for (int at = from; at < to; at = RecordHeader.next(bytes, at, to)) {
                records++;
            }
        } catch (Damaged e) {
            throw new IllegalStateException("the memory of a take was overwritten", e);
        }
        return records;
    }
}
