package org.everytake.peer.media;

/**
 * What was received of one stream so far.
 *
 * @param mid the media section of the subscription
 * @param packets without duplicates
 * @param octets of payload
 * @param missing sequence numbers between the first and the highest that have not come, after repair
 * @param repaired packets that came after a later one, whether late or sent again
 * @param retransmissions packets that came in the stream of retransmissions
 * @param duplicates packets that came twice
 * @param frames what could be shown or heard
 * @param firstSequence extended sequence number of the first packet
 * @param highestSequence the highest so far
 * @param keyFrameRequests PLI sent
 * @param nacks sequence numbers asked for, repetitions included
 * @param senderReports received
 */
public record ReceivedStatistics(
        String mid,
        long ssrc,
        long packets,
        long octets,
        long missing,
        long repaired,
        long retransmissions,
        long duplicates,
        FrameStatistics frames,
        long firstSequence,
        long highestSequence,
        long keyFrameRequests,
        long nacks,
        long senderReports) {}
