package org.everytake.render.quality;

import java.util.ArrayDeque;

/**
 * Counts the packets that came only after one with a higher number: those that the network lost at first, and the sender
 * sent again. Packets are told in the order of their numbers, with when they came. One thread.
 */
final class Lateness {
    /** What a network puts out of order on its own is sooner there. */
    private static final long LEAST_NANOS = 10_000_000;

    /** Nobody sends again what is older than so many packets. */
    private static final int MOST_WAITING = 4096;

    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private long count;

    void next(long arrivalNanos) {
        while (!waiting.isEmpty() && waiting.getLast() > arrivalNanos + LEAST_NANOS) {
            waiting.removeLast();
            count++;
        }
        waiting.add(arrivalNanos);
        if (waiting.size() > MOST_WAITING) {
            waiting.removeFirst();
        }
    }

    long count() {
        return count;
    }
}
