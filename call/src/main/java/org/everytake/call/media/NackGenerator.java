package org.everytake.call.media;

import java.util.Arrays;

/**
 * Finds the gaps of a stream and says when to ask for what is missing. Waits a little in case that the network only
 * changed the order; asks again after a round trip, and gives up after some attempts. Owned by the loop; time comes in.
 */
public final class NackGenerator {
    /** A gap must be that old before it counts as loss. */
    static final long REORDER_NANOS = 15_000_000;

    static final int MOST_ATTEMPTS = 10;

    /** After that no player waits, though the recorder would. */
    static final long GIVE_UP_NANOS = 2_000_000_000L;

    /** A larger hole is no loss but an outage: asking for all of it would make matters worse. */
    static final int LARGEST_GAP = 400;

    private static final int CAPACITY = 512;
    private static final long LEAST_WAIT_NANOS = 20_000_000;
    private static final long FIRST_ROUND_TRIP_NANOS = 100_000_000;

    private final long[] missing = new long[CAPACITY];
    private final long[] foundNanos = new long[CAPACITY];
    private final long[] askedNanos = new long[CAPACITY];
    private final int[] attempts = new int[CAPACITY];
    private int size;
    private long highest = -1;
    private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
    private long givenUp;

    /** A packet arrived; by {@code extendedSequence} it fills a gap, or opens one, or neither. */
    public void arrived(long extendedSequence, long nowNanos) {
        if (highest < 0) {
            highest = extendedSequence;
        } else if (extendedSequence <= highest) {
            repaired(extendedSequence, nowNanos);
        } else {
            open(highest + 1, extendedSequence, nowNanos);
            highest = extendedSequence;
        }
    }

    private void open(long from, long to, long nowNanos) {
        long count = to - from;
        if (count > LARGEST_GAP || size + count > CAPACITY) {
            givenUp += size + count;
            size = 0;
            return;
        }
        for (long sequence = from; sequence < to; sequence++) {
            missing[size] = sequence;
            foundNanos[size] = nowNanos;
            attempts[size] = 0;
            size++;
        }
    }

    private void repaired(long sequence, long nowNanos) {
        int at = Arrays.binarySearch(missing, 0, size, sequence);
        if (at < 0) {
            return;
        }
        // An answer to a second request may be the one to the first (Karn's rule).
        if (attempts[at] == 1) {
            roundTripNanos += (nowNanos - askedNanos[at] - roundTripNanos) / 8;
        }
        remove(at);
    }

    private void remove(int at) {
        size--;
        System.arraycopy(missing, at + 1, missing, at, size - at);
        System.arraycopy(foundNanos, at + 1, foundNanos, at, size - at);
        System.arraycopy(askedNanos, at + 1, askedNanos, at, size - at);
        System.arraycopy(attempts, at + 1, attempts, at, size - at);
    }

    /**
     * What to ask for now, counted as asked.
     *
     * @param due filled from the front with extended sequence numbers, ascending
     * @return how many
     */
    public int due(long nowNanos, long[] due) {
        int count = 0;
        int i = 0;
        while (i < size) {
            if (attempts[i] >= MOST_ATTEMPTS && isWaitOver(i, nowNanos) || nowNanos - foundNanos[i] > GIVE_UP_NANOS) {
                givenUp++;
                remove(i);
                continue;
            }
            boolean ripe = attempts[i] == 0 ? nowNanos - foundNanos[i] >= REORDER_NANOS : isWaitOver(i, nowNanos);
            if (ripe && count < due.length) {
                due[count++] = missing[i];
                askedNanos[i] = nowNanos;
                attempts[i]++;
            }
            i++;
        }
        return count;
    }

    private boolean isWaitOver(int i, long nowNanos) {
        // A quarter more than the round trip each time, so that a path that became slower is not flooded.
        long wait = Math.max(LEAST_WAIT_NANOS, roundTripNanos + roundTripNanos / 4 * attempts[i]);
        return nowNanos - askedNanos[i] >= wait;
    }

    /** How many packets were given up so far; after a change only a key frame helps. */
    public long givenUp() {
        return givenUp;
    }

    /** How many are missing and not yet given up. */
    public int missing() {
        return size;
    }

    long roundTripNanos() {
        return roundTripNanos;
    }
}
