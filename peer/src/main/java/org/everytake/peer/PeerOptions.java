package org.everytake.peer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who a peer is.
 *
 * @param name its CNAME, and part of its threads' names
 * @param seed of its random numbers: SSRCs, first sequence numbers and timestamps, ICE
 * @param clockOffset by how much its clock is ahead of true time
 * @param clockSkewPpm by how many millionths its clock, and with it its media, runs too fast
 * @param clipStartNanos the network's time at which its clip begins, so that several peers play in step; null to begin
 *     when the connection is ready
 * @param media what it agrees to
 */
public record PeerOptions(
        String name,
        long seed,
        Duration clockOffset,
        double clockSkewPpm,
        @Nullable Long clipStartNanos,
        MediaOptions media) {

    /** With a clock that is right. */
    public static PeerOptions of(String name, long seed) {
        return new PeerOptions(name, seed, Duration.ZERO, 0, null, MediaOptions.DEFAULT);
    }

    public PeerOptions withClock(Duration offset, double skewPpm) {
        return new PeerOptions(name, seed, offset, skewPpm, clipStartNanos, media);
    }

    public PeerOptions withClipStart(long nanos) {
        return new PeerOptions(name, seed, clockOffset, clockSkewPpm, nanos, media);
    }

    public PeerOptions withMedia(MediaOptions options) {
        return new PeerOptions(name, seed, clockOffset, clockSkewPpm, clipStartNanos, options);
    }
}
