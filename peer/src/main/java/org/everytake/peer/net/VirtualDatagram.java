package org.everytake.peer.net;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;

/**
 * A datagram under way. Ordered by time; what is due at the same time, by who sent it and then by when, so that the
 * order never depends on which thread was first.
 *
 * @param buffer with room behind it, so that it can be worked on in place
 * @param sender number of the port that sent it
 * @param number that it has among those of the same sender
 * @param ahead the links that it still has to pass
 * @param at when it is at the first of these, or at its end
 */
record VirtualDatagram(
        byte[] buffer,
        int length,
        InetSocketAddress from,
        InetSocketAddress to,
        int sender,
        long number,
        List<Link> ahead,
        long at)
        implements Comparable<VirtualDatagram> {
    /** Room behind what was sent. */
    private static final int SLACK = 256;

    private static final Comparator<VirtualDatagram> ORDER = Comparator.comparingLong(VirtualDatagram::at)
            .thenComparingInt(VirtualDatagram::sender)
            .thenComparingLong(VirtualDatagram::number);

    /** A buffer with a copy of what is sent. */
    static byte[] copy(byte[] from, int offset, int length) {
        byte[] copy = new byte[length + SLACK];
        System.arraycopy(from, offset, copy, 0, length);
        return copy;
    }

    /** As it is behind the next link. */
    VirtualDatagram behind(long arrival) {
        // A copy, because a duplicate is worked on in place, too.
        return new VirtualDatagram(
                buffer.clone(), length, from, to, sender, number, ahead.subList(1, ahead.size()), arrival);
    }

    boolean hasArrived() {
        return ahead.isEmpty();
    }

    @Override
    public int compareTo(VirtualDatagram other) {
        return ORDER.compare(this, other);
    }
}
