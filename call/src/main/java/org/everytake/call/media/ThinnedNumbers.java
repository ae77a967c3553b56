package org.everytake.call.media;

import java.util.Arrays;

/**
 * Numbers of a stream of which a forwarder leaves packets out: what is left out on purpose gets none, so that no gap is
 * seen; what the network has lost or delayed keeps one, since nobody knows yet whether it is to be sent. Remembers the
 * last packets, as many as {@link PacketHistory} does. Owned by the loop.
 *
 * <pre>
 *  in   100  101  102  103  104      101 is late, 102 was left out
 *  out    7    8    -    9   10      8 waits for it
 * </pre>
 */
final class ThinnedNumbers {
    /** What became of a packet. */
    enum Fate {
        /** Has a number, and has not come. */
        AWAITED,
        LEFT_OUT,
        SENT,
        /** Sent with a marker that was not the publisher's. */
        MARKED,
        /** Came late and was left out: padding went out under the number that had been kept for it. */
        FILLED
    }

    static final int CAPACITY = PacketHistory.CAPACITY;
    private static final int MASK = CAPACITY - 1;

    private final Fate[] fates = new Fate[CAPACITY];
    private final long[] sequences = new long[CAPACITY];
    private final long[] outs = new long[CAPACITY];

    /** By out number. */
    private final long[] origins = new long[CAPACITY];

    private long newest;
    private long next;

    /**
     * @param first the stream's number before which nothing is sent
     * @param firstOut the number that its packet gets
     */
    ThinnedNumbers(long first, long firstOut) {
        Arrays.fill(fates, Fate.LEFT_OUT);
        Arrays.fill(sequences, -1);
        Arrays.fill(origins, -1);
        newest = first - 1;
        next = firstOut;
    }

    /** The number that the next packet gets. */
    long next() {
        return next;
    }

    /** Whether a packet comes after all that have come. */
    boolean isNewest(long sequence) {
        return sequence > newest;
    }

    /** The newest packet is left out; those before it that have not come get numbers. */
    void leaveOut(long sequence) {
        awaitUpTo(sequence);
        enter(sequence, Fate.LEFT_OUT, -1);
        newest = sequence;
    }

    /**
     * The newest packet is sent.
     *
     * @return under which number
     */
    long send(long sequence) {
        awaitUpTo(sequence);
        newest = sequence;
        return number(sequence, Fate.SENT);
    }

    /** The number that was kept for a packet that comes late; -1 if there is none, or it is too old. */
    long awaited(long sequence) {
        return fate(sequence) == Fate.AWAITED ? outs[(int) sequence & MASK] : -1;
    }

    /** Of one that has a number. */
    void became(long sequence, Fate fate) {
        fates[(int) sequence & MASK] = fate;
    }

    Fate fate(long sequence) {
        int slot = (int) sequence & MASK;
        return sequence >= 0 && sequences[slot] == sequence ? fates[slot] : Fate.LEFT_OUT;
    }

    /** Which packet has a number; -1 if none has, or it is too old. */
    long sequenceOf(long out) {
        long sequence = out < 0 ? -1 : origins[(int) out & MASK];
        boolean remembered =
                sequence >= 0 && sequences[(int) sequence & MASK] == sequence && outs[(int) sequence & MASK] == out;
        return remembered ? sequence : -1;
    }

    private void awaitUpTo(long sequence) {
        long missing = sequence - newest - 1;
        if (missing > CAPACITY) {
            next += missing - CAPACITY;
        }
        for (long late = Math.max(newest + 1, sequence - CAPACITY); late < sequence; late++) {
            number(late, Fate.AWAITED);
        }
    }

    private long number(long sequence, Fate fate) {
        long out = next++;
        enter(sequence, fate, out);
        origins[(int) out & MASK] = sequence;
        return out;
    }

    private void enter(long sequence, Fate fate, long out) {
        int slot = (int) sequence & MASK;
        sequences[slot] = sequence;
        fates[slot] = fate;
        outs[slot] = out;
    }
}
