package org.everytake.peer.media;

/**
 * What was sent of one stream so far.
 *
 * @param rid of its layer; empty if there is but one
 * @param packets without retransmissions
 * @param octets of payload
 * @param retransmitted packets sent again
 * @param gone packets asked for that were no longer there
 * @param keyFrameRequests PLI and FIR received
 * @param reportedLost packets lost by the last receiver report, -1 if none came
 */
public record SentStatistics(
        long ssrc,
        String rid,
        long packets,
        long octets,
        long retransmitted,
        long gone,
        long keyFrameRequests,
        long reportedLost) {}
