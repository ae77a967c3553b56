package org.everytake.tape.spool;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The memory of a spool, made as needed up to its limit and then used again. Any thread; never waits. */
final class ChunkPool {
    private final ConcurrentLinkedQueue<Chunk> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger();
    private final int limit;

    ChunkPool(long limitBytes) {
        limit = (int) Math.clamp(limitBytes / Chunk.BYTES, 1, Integer.MAX_VALUE);
    }

    /** An empty chunk, or null when the memory is used up. */
    @Nullable
    Chunk take() {
        Chunk chunk = free.poll();
        if (chunk == null) {
            boolean may = made.getAndUpdate(n -> n < limit ? n + 1 : n) < limit;
            // If not: one may have come back since.
            chunk = may ? new Chunk() : free.poll();
        }
        if (chunk != null) {
            used.incrementAndGet();
        }
        return chunk;
    }

    void give(Chunk chunk) {
        chunk.clear();
        used.decrementAndGet();
        free.add(chunk);
    }

    /** Chunks that are in use; for tests and metrics. */
    int used() {
        return used.get();
    }

    /** Whether a quarter of the memory is free. */
    boolean hasRoom() {
        return limit - used.get() >= Math.max(1, limit / 4);
    }
}
