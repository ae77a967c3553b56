package org.everytake.peer.media;

import org.jspecify.annotations.Nullable;

/** Counts whole frames and the time between them. Owned by the connection's loop. */
final class FrameCounter {
    private final @Nullable FrameLog log;
    private long whole;
    private long longestGapNanos;
    private long lastNanos = Long.MIN_VALUE;

    /**
     * @param log of the media section, null to keep none
     */
    FrameCounter(@Nullable FrameLog log) {
        this.log = log;
    }

    void whole(long nanos) {
        if (whole > 0) {
            longestGapNanos = Math.max(longestGapNanos, nanos - lastNanos);
        }
        whole++;
        lastNanos = nanos;
        if (log != null) {
            log.add(nanos);
        }
    }

    FrameStatistics statistics(long redundant, long lost, int width, int height) {
        return new FrameStatistics(whole, redundant, lost, longestGapNanos, lastNanos, width, height);
    }
}
