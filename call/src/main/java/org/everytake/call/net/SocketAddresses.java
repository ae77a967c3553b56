package org.everytake.call.net;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.everytake.call.TransportAddress;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as Linux writes them, and the objects that stand for those that were seen lately. Owned by one thread.
 *
 * <pre>
 *  sockaddr_in          0        2        4                8
 *                       | family | port   | address        |
 *
 *  sockaddr_in6         0        2        4                8                                 24              28
 *                       | family | port   | flow           | address                         | scope         |
 * </pre>
 *
 * Port and address are in network order, family and scope in the machine's.
 */
final class SocketAddresses {
    /** Of the longer one. */
    static final int BYTES = 28;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPV4_BYTES = 16;
    private static final long MAPPED_IPV4 = 0xFFFF_0000_0000L;

    private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt SCOPE = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort NET_SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NET_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NET_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** A power of two. */
    private static final int SLOTS = 8_192;

    private static final int PROBES = 8;

    private final @Nullable TransportAddress[] known = new @Nullable TransportAddress[SLOTS];

    /** A UDP address; null if it is of no family that we know. */
    @Nullable
    TransportAddress read(MemorySegment memory, long at) {
        int port = memory.get(NET_SHORT, at + 2) & 0xFFFF;
        return switch (memory.get(FAMILY, at)) {
            case AF_INET -> known(0, MAPPED_IPV4 | (memory.get(NET_INT, at + 4) & 0xFFFF_FFFFL), port, 0);
            case AF_INET6 ->
                known(memory.get(NET_LONG, at + 8), memory.get(NET_LONG, at + 16), port, memory.get(SCOPE, at + 24));
            default -> null;
        };
    }

    private TransportAddress known(long high, long low, int port, int scope) {
        int hash = TransportAddress.hash(high, low, port);
        for (int i = 0; i < PROBES; i++) {
            int slot = (hash + i) & (SLOTS - 1);
            TransportAddress address = known[slot];
            if (address == null) {
                return remember(slot, high, low, port, scope);
            }
            if (address.low() == low && address.high() == high && address.port() == port && address.scope() == scope) {
                return address;
            }
        }
        // Crowded: one that was here longer is made anew when it is seen again.
        return remember(hash & (SLOTS - 1), high, low, port, scope);
    }

    private TransportAddress remember(int slot, long high, long low, int port, int scope) {
        TransportAddress address = TransportAddress.udp(new InetSocketAddress(address(high, low, scope), port));
        known[slot] = address;
        return address;
    }

    private static InetAddress address(long high, long low, int scope) {
        byte[] bytes = new byte[16];
        MemorySegment.ofArray(bytes).set(NET_LONG, 0, high);
        MemorySegment.ofArray(bytes).set(NET_LONG, 8, low);
        try {
            if (high == 0 && (low & ~0xFFFF_FFFFL) == MAPPED_IPV4) {
                return InetAddress.getByAddress(Arrays.copyOfRange(bytes, 12, 16));
            }
            return scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four and sixteen bytes are legal lengths", e);
        }
    }

    /**
     * Writes an address, for a socket of IPv6 or of IPv4. Returns its length; 0 if such a socket cannot send there.
     */
    static int write(TransportAddress address, boolean ipv6, MemorySegment memory, long at) {
        memory.set(NET_SHORT, at + 2, (short) address.port());
        if (ipv6) {
            memory.set(FAMILY, at, (short) AF_INET6);
            memory.set(NET_INT, at + 4, 0);
            memory.set(NET_LONG, at + 8, address.high());
            memory.set(NET_LONG, at + 16, address.low());
            memory.set(SCOPE, at + 24, address.scope());
            return BYTES;
        }
        if (address.high() != 0 || (address.low() & ~0xFFFF_FFFFL) != MAPPED_IPV4) {
            return 0;
        }
        memory.set(FAMILY, at, (short) AF_INET);
        memory.set(NET_INT, at + 4, (int) address.low());
        return IPV4_BYTES;
    }
}
