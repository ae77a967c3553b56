package org.everytake.render.clock;

/**
 * RTP time of one stream to session time. Immutable.
 *
 * <p>Where the stream has sender reports the way goes over the sender's clock: RTP time to sender clock by the reports
 * of this stream, sender clock to session by those of all streams that share the clock. Two streams of one person so
 * share the second half, and their lip sync comes from what the sender said, never from when packets arrived.
 */
public final class ClockMap {
    private static final long NANOS = 1_000_000_000L;

    private static final long MOST_DELAY_NANOS = 10 * NANOS;

    /** After so many ticks a timestamp begins anew. */
    private static final double TIMESTAMPS = 0x1p32;

    private final int clockRate;
    private final Polyline toSender;
    private final Polyline toSession;
    private final boolean reported;

    private ClockMap(int clockRate, Polyline toSender, Polyline toSession, boolean reported) {
        this.clockRate = clockRate;
        this.toSender = toSender;
        this.toSession = toSession;
        this.reported = reported;
    }

    public static ClockMap reported(int clockRate, Polyline toSender, Polyline toSession) {
        return new ClockMap(clockRate, toSender, toSession, true);
    }

    /** For a stream without reports: straight from RTP time to session time, by arrival. */
    public static ClockMap arrived(int clockRate, Polyline toSession) {
        return new ClockMap(clockRate, Polyline.line(0, 0, 0), toSession, false);
    }

    /** Of a stream that goes on: straight from RTP time to session time, by what has been settled. */
    static ClockMap settled(int clockRate, Polyline toSession, boolean reported) {
        return new ClockMap(clockRate, Polyline.line(0, 0, 0), toSession, reported);
    }

    /** Session time of an RTP timestamp that was extended beyond 32 bits; may be negative for media from before zero. */
    public long sessionNanos(long extendedTimestamp) {
        return ofMedia(nanos(extendedTimestamp, clockRate));
    }

    /** Session time of RTP time in nanoseconds. */
    long ofMedia(long mediaNanos) {
        return toSession.map(toSender.map(mediaNanos));
    }

    /**
     * Whether a packet with this timestamp can have arrived then. A sender that leaps in time, or lies about it, must
     * not put its media hours away.
     */
    public boolean isPlausible(long extendedTimestamp, long arrivalNanos) {
        return Math.abs(sessionNanos(extendedTimestamp) - arrivalNanos) <= MOST_DELAY_NANOS;
    }

    /**
     * Before which no packet of media that lies at this session time or later can plausibly have arrived;
     * {@link Long#MIN_VALUE} if that is before the recording began.
     */
    public static long earliestArrival(long sessionNanos) {
        return sessionNanos < MOST_DELAY_NANOS ? Long.MIN_VALUE : sessionNanos - MOST_DELAY_NANOS;
    }

    /**
     * The timestamp that ends in {@code timestamp32} and whose session time is nearest to its packet's arrival: for whoever
     * begins in the middle of a stream, and does not know how often its timestamps have begun anew.
     */
    public long extend32(long timestamp32, long arrivalNanos) {
        double off = (arrivalNanos - sessionNanos(timestamp32)) / (double) NANOS * clockRate;
        return timestamp32 + (Math.round(off / TIMESTAMPS) << 32);
    }

    public int clockRate() {
        return clockRate;
    }

    /** Whether sender reports made this map, rather than arrival. */
    public boolean isReported() {
        return reported;
    }

    /** How much the media's clock deviates from session time. */
    public double partsPerMillion() {
        return toSender.partsPerMillion() + toSession.partsPerMillion();
    }

    /** Ticks to nanoseconds without a rounding that could add up: each tick count is converted from scratch. */
    public static long nanos(long ticks, int clockRate) {
        return Math.floorDiv(ticks, clockRate) * NANOS + Math.floorMod(ticks, (long) clockRate) * NANOS / clockRate;
    }

    /** The timestamp that ends in {@code timestamp32} and lies nearest to {@code near}. */
    public static long extend(long timestamp32, long near) {
        return near + (int) (timestamp32 - near);
    }
}
