package org.everytake.peer.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.wire.rtp.SequenceExtender;

/**
 * Which sequence numbers of a stream have come, which are missing, and which are to be asked for again. Free of I/O;
 * owned by the connection's loop.
 */
final class ReceiveWindow {
    /** What {@link #arrived} returns for a packet that came before. */
    static final long DUPLICATE = -1;

    /** A packet may be so late before it is asked for. */
    private static final long REORDERING_NANOS = Duration.ofMillis(20).toNanos();

    private static final long REPEAT_NANOS = Duration.ofMillis(100).toNanos();
    private static final int MOST_REQUESTS = 10;

    /** A jump by more is a new beginning and not a loss to be repaired. */
    private static final int MOST_MISSING = 2000;

    private static final class Missing {
        private long nextNanos;
        private int requests;
    }

    /** What is not asked for may be so late. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(100).toNanos();

    private final boolean mayRequest;
    private final SequenceExtender extender = new SequenceExtender();
    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private long first = -1;
    private long abandoned;
    private long repaired;
    private long duplicates;

    /**
     * @param mayRequest whether the sender has agreed to send again
     */
    ReceiveWindow(boolean mayRequest) {
        this.mayRequest = mayRequest;
    }

    /** The extended number of a packet that came, or {@link #DUPLICATE}. */
    long arrived(int sequenceNumber, long nowNanos) {
        long before = extender.highest();
        long sequence = extender.extend(sequenceNumber);
        if (before < 0) {
            first = sequence;
            return sequence;
        }
        if (sequence <= before) {
            if (missing.remove(sequence) != null) {
                repaired++;
                return sequence;
            }
            duplicates++;
            return DUPLICATE;
        }
        if (sequence - before > MOST_MISSING) {
            abandoned += missing.size() + sequence - before - 1;
            missing.clear();
            return sequence;
        }
        for (long lost = before + 1; lost < sequence; lost++) {
            Missing entry = new Missing();
            entry.nextNanos = nowNanos + (mayRequest ? REORDERING_NANOS : PATIENCE_NANOS);
            missing.put(lost, entry);
        }
        return sequence;
    }

    /** The numbers to ask for now, ascending; empty if none. Gives up what has been waited for long enough. */
    List<Long> toRequest(long nowNanos) {
        if (missing.isEmpty()) {
            return List.of();
        }
        List<Long> due = new ArrayList<>();
        Iterator<Map.Entry<Long, Missing>> all = missing.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, Missing> next = all.next();
            Missing entry = next.getValue();
            if (nowNanos - entry.nextNanos < 0) {
                continue;
            }
            if (!mayRequest || entry.requests == MOST_REQUESTS) {
                abandoned++;
                all.remove();
            } else {
                entry.requests++;
                entry.nextNanos = nowNanos + REPEAT_NANOS;
                due.add(next.getKey());
            }
        }
        return due;
    }

    /** Whether that number may still come. */
    boolean isAwaited(long sequence) {
        return missing.containsKey(sequence);
    }

    long first() {
        return first;
    }

    long highest() {
        return extender.highest();
    }

    long highestForReport() {
        return extender.highestForReport();
    }

    /** Not come, of those between first and highest. */
    long missing() {
        return abandoned + missing.size();
    }

    long repaired() {
        return repaired;
    }

    long duplicates() {
        return duplicates;
    }
}
