package org.everytake.call.media;

import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * What a forwarder sends of one stream between two changes. Owned by the loop.
 *
 * <pre>
 *  out sequence  = in sequence  + sequenceShift, unless the stream is thinned
 *  out timestamp = in timestamp + timestampShift
 * </pre>
 *
 * @param firstSequence of the stream's, extended
 * @param thinning if the stream has layers within, of which some may be left out
 */
record Run(
        InboundStream stream,
        long firstSequence,
        long sequenceShift,
        long timestampShift,
        Vp8Numbers.Shift pictures,
        @Nullable Thinning thinning) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The stream's number of what went out under a number; -1 if nothing did. */
    long sequenceOf(long outSequence) {
        return thinning == null
                ? outSequence - sequenceShift
                : thinning.numbers().sequenceOf(outSequence);
    }

    /** The first number that no packet of this run has or may still get. */
    long nextOutSequence(long highestSequence) {
        return thinning == null
                ? highestSequence + 1
                : Math.max(highestSequence + 1, thinning.numbers().next());
    }

    /**
     * By how much to shift the timestamps of the run that follows this one.
     *
     * @param packet the first of it
     * @param lastTimestamp what went out last, not wrapped
     * @param sinceNanos how long ago that arrived
     */
    long nextTimestampShift(InboundStream next, RtpPacket packet, long lastTimestamp, long sinceNanos) {
        int clockRate = next.format().clockRate(packet.payloadType());
        long byArrival = lastTimestamp + Math.max(1, ticks(sinceNanos, clockRate));
        SenderReport before = stream.lastReport();
        SenderReport now = next.lastReport();
        if (before == null || now == null || stream.format() != next.format()) {
            return byArrival - packet.timestamp();
        }
        // By the publisher's clock, on which all layers of a track lie.
        long between = now.nanosSince(before);
        long sinceReport = (int) (packet.timestamp() - now.rtpTimestamp());
        long byReports = before.rtpTimestamp() + timestampShift + ticks(between, clockRate) + sinceReport;
        // Timestamps have 32 bits: the nearest of those that are meant.
        long exact = byArrival + (int) (byReports - byArrival);
        boolean plausible = Math.abs(exact - byArrival) < clockRate && exact > lastTimestamp;
        return (plausible ? exact : byArrival) - packet.timestamp();
    }

    private static long ticks(long nanos, int clockRate) {
        return nanos / NANOS_PER_SECOND * clockRate + nanos % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
    }
}
