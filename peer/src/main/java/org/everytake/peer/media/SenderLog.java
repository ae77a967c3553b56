package org.everytake.peer.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a peer has sent, to be compared with what was recorded. Retransmissions are not in it, being the same packets.
 * Thread-safe.
 */
public final class SenderLog {
    private static final int COLUMNS = 4;

    private long[] rows = new long[COLUMNS * 1024];
    private int size;

    /**
     * A packet.
     *
     * @param ssrc of its stream
     * @param sequence extended: counts on within a stream; the low 16 bits went over the wire
     * @param rtpTimestamp 0 to 2^32-1
     * @param sentNanos the network's time
     */
    public record Sent(long ssrc, long sequence, long rtpTimestamp, long sentNanos) {}

    synchronized void add(long ssrc, long sequence, long rtpTimestamp, long sentNanos) {
        int at = size * COLUMNS;
        if (at == rows.length) {
            rows = Arrays.copyOf(rows, rows.length * 2);
        }
        rows[at] = ssrc;
        rows[at + 1] = sequence;
        rows[at + 2] = rtpTimestamp;
        rows[at + 3] = sentNanos;
        size++;
    }

    /** All, in the order of sending. */
    public synchronized List<Sent> sent() {
        List<Sent> sent = new ArrayList<>(size);
        for (int at = 0; at < size * COLUMNS; at += COLUMNS) {
            sent.add(new Sent(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]));
        }
        return sent;
    }

    /** Those of a stream, in the order of sending. */
    public List<Sent> sent(long ssrc) {
        return sent().stream().filter(packet -> packet.ssrc() == ssrc).toList();
    }

    public synchronized int size() {
        return size;
    }
}
