package org.everytake.call.bandwidth;

import java.util.Arrays;
import org.everytake.wire.rtcp.TransportFeedback;
import org.everytake.wire.rtp.SequenceExtender;
import org.jspecify.annotations.Nullable;

/**
 * When each packet of a publisher's connection arrived, by transport-wide number, until it has been reported back: from
 * these reports the publisher learns how much it can send (draft-holmer-rmcat-transport-wide-cc-extensions-01). Owned by
 * the loop; time comes in.
 */
public final class ArrivalLog {
    /** Browsers expect 50 to 250 ms; each report costs a packet. */
    static final long INTERVAL_NANOS = 100_000_000L;

    private static final int CAPACITY = 4_096;

    /** A packet that is later than that counts as lost. */
    private static final int MOST_REORDERED = 256;

    /** What does not fit between two packets of a report begins the next report. */
    private static final long LARGEST_DELTA_TICKS = Short.MAX_VALUE;

    private final SequenceExtender extender = new SequenceExtender();
    private final long[] arrivals = new long[CAPACITY];
    private final int[] deltas = new int[CAPACITY];
    private long first = -1;
    private long highest = -1;
    private long lastReportNanos;
    private int reports;

    public ArrivalLog() {
        Arrays.fill(arrivals, Long.MIN_VALUE);
    }

    /**
     * @param sequence transport-wide number, 0 to 65535
     */
    public void arrived(int sequence, long arrivalNanos) {
        long extended = extender.extend(sequence);
        if (first < 0) {
            first = extended;
            highest = extended - 1;
            lastReportNanos = arrivalNanos;
        }
        if (extended > highest) {
            if (extended - first >= CAPACITY) {
                // An outage, or a liar: what was before it is not reported any more.
                first = extended;
                highest = extended - 1;
            }
            for (long missing = highest + 1; missing < extended; missing++) {
                arrivals[slot(missing)] = Long.MIN_VALUE;
            }
            highest = extended;
        } else if (extended < first) {
            if (first - extended > MOST_REORDERED || highest - extended >= CAPACITY) {
                return;
            }
            // Reported as missing before, and now reported again.
            for (long between = extended + 1; between < first; between++) {
                arrivals[slot(between)] = Long.MIN_VALUE;
            }
            first = extended;
        }
        arrivals[slot(extended)] = arrivalNanos;
    }

    /** What has come since the last report; null if it is too early, or nothing has. */
    public @Nullable TransportFeedback due(long ourSsrc, long mediaSsrc, long nowNanos) {
        if (first < 0 || highest < first || nowNanos - lastReportNanos < INTERVAL_NANOS) {
            return null;
        }
        lastReportNanos = nowNanos;
        // The reference comes before the first packet; lost ones at the front are told of with those behind them.
        long reference = Math.floorDiv(firstArrival(), TransportFeedback.REFERENCE_NANOS);
        long ticks = reference * (TransportFeedback.REFERENCE_NANOS / TransportFeedback.TICK_NANOS);
        long base = first;
        int count = 0;
        while (base + count <= highest && count < TransportFeedback.MOST_PACKETS) {
            long arrival = arrivals[slot(base + count)];
            if (arrival == Long.MIN_VALUE) {
                deltas[count++] = TransportFeedback.NOT_RECEIVED;
                continue;
            }
            long tick = Math.floorDiv(arrival, TransportFeedback.TICK_NANOS);
            long delta = tick - ticks;
            if (Math.abs(delta) > LARGEST_DELTA_TICKS) {
                break;
            }
            deltas[count++] = (int) delta;
            ticks = tick;
        }
        first = base + count;
        return TransportFeedback.of(ourSsrc, mediaSsrc, (int) base & 0xFFFF, (int) reference, reports++, deltas, count);
    }

    private long firstArrival() {
        for (long sequence = first; sequence <= highest; sequence++) {
            long arrival = arrivals[slot(sequence)];
            if (arrival != Long.MIN_VALUE) {
                return arrival;
            }
        }
        throw new IllegalStateException("the highest has come");
    }

    private static int slot(long extended) {
        return (int) (extended & (CAPACITY - 1));
    }
}
