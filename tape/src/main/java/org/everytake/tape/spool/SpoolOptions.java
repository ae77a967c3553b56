package org.everytake.tape.spool;

import java.time.Duration;

/**
 * How a spool works.
 *
 * @param tick time between commits
 * @param segmentAge a segment older than this is sealed
 * @param segmentBytes a segment larger than this is sealed
 * @param poolBytes memory for what arrived and is not yet durable, over all recordings; beyond it packets are dropped
 * @param reserveBytes free space below which no new recording begins, kept for those that run
 */
public record SpoolOptions(Duration tick, Duration segmentAge, long segmentBytes, long poolBytes, long reserveBytes) {
    public SpoolOptions {
        if (tick.isNegative() || tick.isZero() || segmentAge.isNegative() || segmentBytes < 1) {
            throw new IllegalArgumentException("tick, age and size of a segment must be positive");
        }
        if (poolBytes < 1 || reserveBytes < 0) {
            throw new IllegalArgumentException("pool and reserve must be positive");
        }
    }

    /** What the architecture says: commits each 250 ms, segments of 10 s or 8 MB, 64 MB of memory, 512 MB kept free. */
    public static SpoolOptions standard() {
        return new SpoolOptions(Duration.ofMillis(250), Duration.ofSeconds(10), 8 << 20, 64L << 20, 512L << 20);
    }

    public SpoolOptions withReserveBytes(long bytes) {
        return new SpoolOptions(tick, segmentAge, segmentBytes, poolBytes, bytes);
    }
}
