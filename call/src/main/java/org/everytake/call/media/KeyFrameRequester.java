package org.everytake.call.media;

/**
 * When to ask a publisher for a key frame: whenever somebody needs one, but not more often than each 500 ms, and again
 * until it has come. Owned by the loop; time comes in.
 */
public final class KeyFrameRequester {
    static final long LEAST_INTERVAL_NANOS = 500_000_000L;

    /** A request or its frame may be lost. */
    static final long RETRY_NANOS = 1_000_000_000L;

    /** So that a recording can be entered at any time, and a damaged one heals. */
    static final long RECORDING_INTERVAL_NANOS = 10_000_000_000L;

    private boolean wanted;
    private boolean asked;
    private long lastAskedNanos;
    private long lastKeyFrameNanos;

    public KeyFrameRequester(long nowNanos) {
        lastKeyFrameNanos = nowNanos;
    }

    public void want() {
        wanted = true;
    }

    public void keyFrame(long arrivalNanos) {
        lastKeyFrameNanos = arrivalNanos;
        // A frame that was already under way when we asked serves as well.
        wanted = false;
        asked = false;
    }

    /**
     * @param recording whether somebody records
     * @return whether to ask now; counted as asked
     */
    public boolean due(long nowNanos, boolean recording) {
        if (recording && nowNanos - lastKeyFrameNanos >= RECORDING_INTERVAL_NANOS) {
            wanted = true;
        }
        if (!wanted) {
            asked = false;
            return false;
        }
        long interval = asked ? RETRY_NANOS : LEAST_INTERVAL_NANOS;
        if (lastAskedNanos != 0 && nowNanos - lastAskedNanos < interval) {
            return false;
        }
        asked = true;
        lastAskedNanos = nowNanos;
        return true;
    }
}
