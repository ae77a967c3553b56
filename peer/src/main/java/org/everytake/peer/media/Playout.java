package org.everytake.peer.media;

import java.util.List;
import org.everytake.peer.clip.Clip;
import org.jspecify.annotations.Nullable;

/**
 * Plays the units of a clip over and over and says which is due, by the sender's own clock. Owned by the connection's
 * loop.
 */
final class Playout {
    /** What is later than this is left out, as a camera would have dropped it. */
    private static final long LATEST_NANOS = 500_000_000L;

    private static final long NANOS = 1_000_000_000L;

    private final List<Clip.Unit> units;
    private final int clockRate;
    private final long loopNanos;
    private final long loopTicks;

    /** The own clock's elapsed time at which the clip's zero was played. */
    private final long startNanos;

    private int next;
    private long loop;
    private boolean needsKeyFrame = true;

    /**
     * @param startNanos the own clock's elapsed time at which the clip begins
     */
    Playout(List<Clip.Unit> units, int clockRate, long loopNanos, long startNanos) {
        this.units = units;
        this.clockRate = clockRate;
        this.loopNanos = loopNanos;
        this.loopTicks = Math.round((double) loopNanos * clockRate / NANOS);
        this.startNanos = startNanos;
    }

    /** The next unit that is due, null if none is. Units that cannot be sent in time are left out up to a key frame. */
    Clip.@Nullable Unit poll(long ownElapsedNanos) {
        while (dueNanos() <= ownElapsedNanos) {
            Clip.Unit unit = units.get(next);
            boolean late = ownElapsedNanos - dueNanos() > LATEST_NANOS;
            Clip.Unit timed = new Clip.Unit(unit.ticks() + loop * loopTicks, unit.bytes(), unit.keyFrame());
            advance();
            if (late) {
                needsKeyFrame = true;
            } else if (!needsKeyFrame || unit.keyFrame()) {
                needsKeyFrame = false;
                return timed;
            }
        }
        return null;
    }

    /** Leaves out what comes before the next key frame. */
    void awaitKeyFrame() {
        needsKeyFrame = true;
    }

    private void advance() {
        if (++next == units.size()) {
            next = 0;
            loop++;
        }
    }

    private long dueNanos() {
        return startNanos + loop * loopNanos + units.get(next).ticks() * NANOS / clockRate;
    }
}
