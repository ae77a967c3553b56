package org.everytake.call.media;

import org.everytake.wire.rtp.AudioLevel;
import org.everytake.wire.rtp.RtpPacket;

/** How loud a track of sound is, from the level that its packets carry (RFC 6464). Owned by the loop; time comes in. */
public final class Loudness {
    private static final double SMOOTHING = 0.1;

    /** A sender that pauses in silence sends nothing. */
    private static final long SILENCE_NANOS = 400_000_000L;

    private double level;
    private long lastArrivalNanos = Long.MIN_VALUE / 2;

    /**
     * @param id of the level's header extension; 0 if it is not sent
     */
    void arrived(RtpPacket packet, int id, long arrivalNanos) {
        int value = id == 0 ? -1 : AudioLevel.read(packet, id);
        if (value >= 0) {
            level += SMOOTHING * (AudioLevel.SILENCE - AudioLevel.level(value) - level);
            lastArrivalNanos = arrivalNanos;
        }
    }

    /** Of late, in dB above silence: 0 to 127. */
    public double decibels(long nowNanos) {
        return nowNanos - lastArrivalNanos > SILENCE_NANOS ? 0 : level;
    }
}
