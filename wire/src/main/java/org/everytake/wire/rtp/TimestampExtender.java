package org.everytake.wire.rtp;

/**
 * Makes RTP's 32-bit timestamps into numbers that do not wrap, each the one nearest to the last one extended. The
 * first is 2^32 plus what arrived, so that earlier ones are still positive. Owned by one thread.
 */
public final class TimestampExtender {
    private static final long CYCLE = 1L << 32;

    private long last = -1;

    /**
     * @param timestamp 0 to 2^32-1
     * @return the extended timestamp, of which the low 32 bits are the given one
     */
    public long extend(long timestamp) {
        if (last < 0) {
            last = CYCLE + timestamp;
            return last;
        }
        long extended = last + (int) (timestamp - last);
        last = extended < 0 ? extended + CYCLE : extended;
        return last;
    }

    /** The last extended timestamp, -1 before the first. */
    public long last() {
        return last;
    }
}
