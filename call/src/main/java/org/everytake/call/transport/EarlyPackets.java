package org.everytake.call.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.call.dtls.SrtpSession;

/**
 * Packets that come before our keys do: the peer has its keys a moment earlier, and what it sends at once is often the
 * beginning of its first key frame. Bounded; owned by the loop.
 */
final class EarlyPackets {
    static final int CAPACITY = 128;

    /** Takes what was kept. */
    interface Taker {
        void packet(IcePath path, byte[] buffer, int offset, int length, long arrivalNanos);
    }

    private record Packet(IcePath path, boolean control, byte[] bytes, int length, long arrivalNanos) {}

    private final List<Packet> packets = new ArrayList<>();

    /** Copies. False if there are too many already. */
    boolean keep(IcePath path, boolean control, byte[] buffer, int offset, int length, long arrivalNanos) {
        if (packets.size() >= CAPACITY) {
            return false;
        }
        byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length + SrtpSession.OVERHEAD_BYTES);
        packets.add(new Packet(path, control, bytes, length, arrivalNanos));
        return true;
    }

    /** In the order in which they came. */
    void release(Taker rtp, Taker rtcp) {
        for (Packet packet : packets) {
            (packet.control() ? rtcp : rtp)
                    .packet(packet.path(), packet.bytes(), 0, packet.length(), packet.arrivalNanos());
        }
        packets.clear();
    }
}
