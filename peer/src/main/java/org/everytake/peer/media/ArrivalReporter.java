package org.everytake.peer.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.wire.rtcp.RtcpPacket;
import org.everytake.wire.rtcp.TransportFeedback;
import org.everytake.wire.rtp.SequenceExtender;

/**
 * Remembers when packets arrived, by transport-wide sequence number, and tells it as transport feedback. What has not
 * come between two that came is told to be missing, and when it comes late told once more. Free of I/O; owned by the
 * connection's loop.
 */
final class ArrivalReporter {
    /** Told by one feedback, which then fits a datagram. */
    private static final int MOST_PACKETS = 400;

    private static final long TICKS_OF_REFERENCE = TransportFeedback.REFERENCE_NANOS / TransportFeedback.TICK_NANOS;

    private final SequenceExtender extender = new SequenceExtender();

    /** Not told yet: extended number to time. */
    private final TreeMap<Long, Long> arrivals = new TreeMap<>();

    private final int[] deltas = new int[MOST_PACKETS];

    /** Up to here all has been told. */
    private long next = -1;

    private int feedbackCount;
    private long mediaSsrc;

    /**
     * @param sequence 0 to 65535
     */
    void arrived(int sequence, long ssrc, long arrivalNanos) {
        long extended = extender.extend(sequence);
        if (next < 0) {
            next = extended;
        }
        arrivals.putIfAbsent(extended, arrivalNanos);
        mediaSsrc = ssrc;
    }

    /** What is to be told now; empty if nothing has arrived since. */
    List<RtcpPacket> feedback(long ownSsrc) {
        List<RtcpPacket> feedback = new ArrayList<>();
        while (!arrivals.isEmpty()) {
            feedback.add(next(ownSsrc));
        }
        return feedback;
    }

    private TransportFeedback next(long ownSsrc) {
        Map.Entry<Long, Long> earliest = arrivals.firstEntry();
        boolean isLate = earliest.getKey() < next;
        // After a jump by more than one feedback tells, nobody waits for what is between.
        long base = isLate || earliest.getKey() - next >= MOST_PACKETS ? earliest.getKey() : next;
        long reference = Math.floorDiv(earliest.getValue(), TransportFeedback.REFERENCE_NANOS);
        long tick = reference * TICKS_OF_REFERENCE;
        int count = 0;
        Arrays.fill(deltas, TransportFeedback.NOT_RECEIVED);
        while (!arrivals.isEmpty()) {
            Map.Entry<Long, Long> arrival = arrivals.firstEntry();
            long index = arrival.getKey() - base;
            long delta = Math.floorDiv(arrival.getValue(), TransportFeedback.TICK_NANOS) - tick;
            // What lies between late ones has been told already, and may have come.
            boolean isApart = isLate && index > count;
            if (index >= MOST_PACKETS || delta != (short) delta || isApart) {
                break;
            }
            arrivals.remove(arrival.getKey());
            deltas[(int) index] = (int) delta;
            tick += delta;
            count = (int) index + 1;
        }
        next = Math.max(next, base + count);
        return TransportFeedback.of(ownSsrc, mediaSsrc, (int) base, (int) reference, feedbackCount++, deltas, count);
    }
}
