package org.everytake.tape.spool;

import org.jspecify.annotations.Nullable;

/**
 * A piece of memory with whole records in it, one behind the other. The appending thread writes beyond
 * {@link #published} and then moves it; the tape thread reads up to it. Each field that crosses is volatile.
 */
final class Chunk {
    static final int BYTES = 32 << 10;

    final byte[] bytes = new byte[BYTES];
    /** Bytes that the tape thread may read. */
    volatile int published;
    /** The chunk that follows; once set, this one is full. */
    volatile @Nullable Chunk next;

    /** Makes it as new. */
    void clear() {
        published = 0;
        next = null;
    }
}
