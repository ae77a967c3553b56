package org.everytake.call;

import java.util.concurrent.atomic.LongAdder;

/**
 * How long packets that are forwarded are inside the server: from the moment at which they were taken from the network
 * to the one at which their copies had been given to it. Written by one loop, read by any thread.
 */
public final class ForwardingDelay {
    private static final long[] BOUNDS_NANOS = {
        10_000,
        20_000,
        50_000,
        100_000,
        200_000,
        500_000,
        1_000_000,
        2_000_000,
        5_000_000,
        10_000_000,
        20_000_000,
        50_000_000,
        100_000_000,
        1_000_000_000
    };
    private static final int MOST_PENDING = 512;

    /**
     * What has been measured since the start.
     *
     * @param counts copies in each bucket; the last is of those above all bounds
     * @param sumNanos of the time that each of them was inside
     */
    public record Measured(long[] counts, long sumNanos) {
        public static final Measured NOTHING = new Measured(new long[BOUNDS_NANOS.length + 1], 0);

        /** Of both together. */
        public Measured and(Measured other) {
            long[] sums = counts.clone();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += other.counts[i];
            }
            return new Measured(sums, sumNanos + other.sumNanos);
        }
    }

    private final LongAdder[] copies = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder sumNanos = new LongAdder();
    private final long[] arrivals = new long[MOST_PENDING];
    private final int[] counts = new int[MOST_PENDING];
    private int pending;

    public ForwardingDelay() {
        for (int i = 0; i < copies.length; i++) {
            copies[i] = new LongAdder();
        }
    }

    /** A packet has been forwarded to so many; its copies are sent with the next {@link #sent}. */
    public void forwarded(long arrivalNanos, int count) {
        if (count > 0 && pending < MOST_PENDING) {
            arrivals[pending] = arrivalNanos;
            counts[pending++] = count;
        }
    }

    public boolean isPending() {
        return pending > 0;
    }

    /** What was forwarded has been sent. */
    public void sent(long nowNanos) {
        long sum = 0;
        for (int i = 0; i < pending; i++) {
            long inside = nowNanos - arrivals[i];
            copies[bucket(inside)].add(counts[i]);
            sum += inside * counts[i];
        }
        if (pending > 0) {
            sumNanos.add(sum);
        }
        pending = 0;
    }

    private static int bucket(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** Upper bounds of all buckets but the last, ascending. */
    public static long[] boundsNanos() {
        return BOUNDS_NANOS.clone();
    }

    public Measured measured() {
        long[] sums = new long[copies.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = copies[i].sum();
        }
        return new Measured(sums, sumNanos.sum());
    }
}
