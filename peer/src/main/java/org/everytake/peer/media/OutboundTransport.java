package org.everytake.peer.media;

import java.util.random.RandomGenerator;
import org.everytake.wire.rtcp.TransportFeedback;

/**
 * What the streams of a connection share: the way out, the transport-wide sequence number, and what the other side says of
 * it. Owned by the connection's loop; the statistics are a value published for any thread.
 */
final class OutboundTransport {
    private final Sender sender;
    private long nextSequence;
    private volatile FeedbackStatistics statistics = new FeedbackStatistics(0, 0, 0);

    OutboundTransport(Sender sender, RandomGenerator random) {
        this.sender = sender;
        // It soon wraps, so that every use of a peer tries that.
        this.nextSequence = 65_536 - random.nextInt(1, 512);
    }

    Sender sender() {
        return sender;
    }

    /** The number of the packet that is sent next; the low 16 bits go over the wire. */
    long nextSequence() {
        return nextSequence++;
    }

    void feedback(TransportFeedback feedback) {
        int received = 0;
        for (int i = 0; i < feedback.packetCount(); i++) {
            received += feedback.received(i) ? 1 : 0;
        }
        statistics = new FeedbackStatistics(
                statistics.feedbacks() + 1,
                statistics.received() + received,
                statistics.lost() + feedback.packetCount() - received);
    }

    FeedbackStatistics statistics() {
        return statistics;
    }
}
