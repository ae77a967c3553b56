package org.everytake.peer.media;

import java.time.Duration;
import java.time.Instant;

/**
 * A peer's own clock, which is wrong by an offset and runs wrong by a rate. Its NTP times and its media run by it. Pure:
 * the network's time goes in.
 *
 * @param startNanos the network's time at which it was read as {@code start}
 * @param start what it showed then
 * @param skewPpm by how many millionths it runs too fast
 */
public record SenderClock(long startNanos, Instant start, double skewPpm) {
    /** From 1900 to 1970. */
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    private static final long NANOS = 1_000_000_000L;

    /**
     * @param trueTime at {@code nanoTime}
     * @param offset by how much the clock is ahead of it
     */
    public static SenderClock of(long nanoTime, Instant trueTime, Duration offset, double skewPpm) {
        return new SenderClock(nanoTime, trueTime.plus(offset), skewPpm);
    }

    /** How much time has passed since its start by itself. */
    public long elapsedNanos(long nanoTime) {
        long passed = nanoTime - startNanos;
        return passed + Math.round(passed * skewPpm * 1e-6);
    }

    /** When it will show so much time since its start: the inverse of {@link #elapsedNanos}. */
    public long nanoTimeAt(long elapsedNanos) {
        return startNanos + Math.round(elapsedNanos / (1 + skewPpm * 1e-6));
    }

    /** What it shows. */
    public Instant at(long nanoTime) {
        return start.plusNanos(elapsedNanos(nanoTime));
    }

    /** What it shows, as in a sender report: seconds since 1900 in the upper, fraction in the lower 32 bits. */
    public long ntp(long nanoTime) {
        Instant now = at(nanoTime);
        long fraction = ((long) now.getNano() << 32) / NANOS;
        return (now.getEpochSecond() + NTP_EPOCH_SECONDS) << 32 | fraction;
    }
}
