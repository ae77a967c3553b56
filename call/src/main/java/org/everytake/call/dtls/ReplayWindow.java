package org.everytake.call.dtls;

import java.util.Arrays;

/**
 * Which of the last 2,048 packets of a source have come (RFC 3711, section 3.3.2). So wide that a packet which comes by
 * the third retransmission still counts as new. Owned by one thread.
 */
public final class ReplayWindow {
    private static final int SIZE = 2_048;
    private static final int HALF = 1 << 15;

    private final long[] seen = new long[SIZE / 64];
    private long highest = -1;

    /**
     * Marks a packet as come, which must be authentic.
     *
     * @param sequenceNumber 0 to 65535
     * @return false if it had come before, or is too old to know
     */
    public boolean accept(int sequenceNumber) {
        if (highest < 0) {
            // Leaves room for packets that were sent before the first one and come after it.
            highest = sequenceNumber + (1L << 16);
            set(highest);
            return true;
        }
        int distance = (sequenceNumber - (int) (highest & 0xFFFF)) & 0xFFFF;
        if (distance != 0 && distance < HALF) {
            advance(distance);
            set(highest);
            return true;
        }
        int behind = distance == 0 ? 0 : (1 << 16) - distance;
        long index = highest - behind;
        if (behind >= SIZE || isSet(index)) {
            return false;
        }
        set(index);
        return true;
    }

    private void advance(int distance) {
        for (int i = 1; i <= Math.min(distance, SIZE); i++) {
            clear(highest + i);
        }
        if (distance > SIZE) {
            Arrays.fill(seen, 0);
        }
        highest += distance;
    }

    private boolean isSet(long index) {
        return (seen[word(index)] & (1L << (index & 63))) != 0;
    }

    private void set(long index) {
        seen[word(index)] |= 1L << (index & 63);
    }

    private void clear(long index) {
        seen[word(index)] &= ~(1L << (index & 63));
    }

    private static int word(long index) {
        return (int) (index & (SIZE - 1)) >>> 6;
    }
}
