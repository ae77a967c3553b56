package org.everytake.wire.rtp;

/**
 * Makes RTP's 16-bit sequence numbers into numbers that do not wrap. Each is taken to be the one nearest to the
 * highest so far, so packets may come late or early by less than 32768. The first number is 65536 plus what
 * arrived, so that one that came before it is still positive. Owned by one thread.
 */
public final class SequenceExtender {
    private static final long CYCLE = 1L << 16;

    private long highest = -1;

    /**
     * @param sequenceNumber 0 to 65535
     * @return the extended number, of which the low 16 bits are the given one
     */
    public long extend(int sequenceNumber) {
        if (highest < 0) {
            highest = CYCLE + sequenceNumber;
            return highest;
        }
        long extended = highest + (short) (sequenceNumber - (int) highest);
        if (extended < 0) {
            extended += CYCLE;
        }
        highest = Math.max(highest, extended);
        return extended;
    }

    /** The highest extended number so far, -1 before the first. */
    public long highest() {
        return highest;
    }

    /** What a receiver report calls "extended highest sequence number received", cycles counted from zero. */
    public long highestForReport() {
        return highest < 0 ? 0 : (highest - CYCLE) & 0xFFFFFFFFL;
    }
}
