package org.everytake.call.media;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The last packets of a stream, for those who ask for them again. Kept once for all subscribers, by the publisher's
 * sequence numbers. Slots are made when first needed, then used again. Owned by the loop.
 */
public final class PacketHistory {
    /** About two seconds of video at 2.5 Mbit/s. */
    static final int CAPACITY = 512;

    private final byte[][] slots = new byte[CAPACITY][];
    private final long[] sequences = new long[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private final RtpPacket view = new RtpPacket();

    public PacketHistory() {
        Arrays.fill(sequences, -1);
    }

    public void store(RtpPacket packet, long extendedSequence) {
        int slot = slot(extendedSequence);
        byte[] bytes = slots[slot];
        if (bytes == null || bytes.length < packet.length()) {
            bytes = new byte[Math.max(1_280, packet.length())];
            slots[slot] = bytes;
        }
        System.arraycopy(packet.buffer(), packet.offset(), bytes, 0, packet.length());
        sequences[slot] = extendedSequence;
        lengths[slot] = packet.length();
    }

    /** A view that is valid until the next call, or null if the packet has gone or never came. */
    public @Nullable RtpPacket find(long extendedSequence) {
        int slot = slot(extendedSequence);
        byte[] bytes = slots[slot];
        if (extendedSequence < 0 || sequences[slot] != extendedSequence || bytes == null) {
            return null;
        }
        try {
            return view.wrap(bytes, 0, lengths[slot]);
        } catch (Malformed e) {
            throw new IllegalStateException("a packet was well formed when it was stored", e);
        }
    }

    private static int slot(long extendedSequence) {
        return (int) (extendedSequence & (CAPACITY - 1));
    }
}
