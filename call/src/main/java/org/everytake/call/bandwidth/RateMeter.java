package org.everytake.call.bandwidth;

import java.util.Arrays;

/** How much flowed of late, in steps of 100 ms. Owned by the loop; time comes in. */
public final class RateMeter {
    private static final long STEP_NANOS = 100_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** What came in less is no rate yet. */
    private static final long LEAST_NANOS = 2 * STEP_NANOS;

    private static final int BITS_PER_BYTE = 8;

    private final long[] bytes;
    private long sum;
    private long firstStep;
    private long newestStep;
    private boolean begun;

    /**
     * @param steps of 100 ms over which to average
     */
    public RateMeter(int steps) {
        bytes = new long[steps];
    }

    public void add(int count, long nowNanos) {
        advance(nowNanos);
        bytes[slot(newestStep)] += count;
        sum += count;
    }

    /** Averaged over the meter's steps, or over as many of them as have begun. */
    public long bitsPerSecond(long nowNanos) {
        if (!begun) {
            return 0;
        }
        advance(nowNanos);
        long oldest = Math.max(firstStep, newestStep - bytes.length + 1);
        long nanos = Math.max(LEAST_NANOS, nowNanos - oldest * STEP_NANOS);
        return (long) ((double) sum * BITS_PER_BYTE * NANOS_PER_SECOND / nanos);
    }

    private void advance(long nowNanos) {
        long step = Math.floorDiv(nowNanos, STEP_NANOS);
        if (!begun || step - newestStep >= bytes.length) {
            Arrays.fill(bytes, 0);
            sum = 0;
            firstStep = begun ? firstStep : step;
            newestStep = step;
            begun = true;
            return;
        }
        while (newestStep < step) {
            newestStep++;
            sum -= bytes[slot(newestStep)];
            bytes[slot(newestStep)] = 0;
        }
    }

    private int slot(long step) {
        return (int) Math.floorMod(step, (long) bytes.length);
    }
}
