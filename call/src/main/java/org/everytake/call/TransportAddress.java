package org.everytake.call;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer is: an IP address, a port, and the protocol in between (RFC 8445, section 4). What came over UDP and what
 * came over TCP from the same address and port are two. An address of IPv4 equals itself as IPv6 writes it (RFC 4291,
 * section 2.5.5.2). Ports hand out the same object again for the same peer where they can, so that nothing is made per
 * packet.
 */
public final class TransportAddress {
    private static final long MAPPED_IPV4 = 0xFFFF_0000_0000L;

    private final InetSocketAddress socketAddress;
    private final boolean tcp;
    private final long high;
    private final long low;
    private final int scope;
    private final int hash;

    private TransportAddress(InetSocketAddress socketAddress, boolean tcp) {
        InetAddress address = socketAddress.getAddress();
        if (address == null) {
            throw new IllegalArgumentException("an address without name resolution is needed");
        }
        byte[] bytes = address.getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        this.socketAddress = socketAddress;
        this.tcp = tcp;
        this.high = bytes.length == 4 ? 0 : buffer.getLong(0);
        this.low = bytes.length == 4 ? MAPPED_IPV4 | (buffer.getInt(0) & 0xFFFF_FFFFL) : buffer.getLong(8);
        this.scope = address instanceof Inet6Address six ? six.getScopeId() : 0;
        this.hash = 31 * hash(high, low, port()) + (tcp ? 1 : 0);
    }

    /**
     * @throws IllegalArgumentException if it is a name that was not looked up
     */
    public static TransportAddress udp(InetSocketAddress address) {
        return new TransportAddress(address, false);
    }

    /**
     * @throws IllegalArgumentException if it is a name that was not looked up
     */
    public static TransportAddress tcp(InetSocketAddress address) {
        return new TransportAddress(address, true);
    }

    /** Spreads addresses well, also those that differ in few bits. */
    public static int hash(long high, long low, int port) {
        long mixed = (high * 0x9E3779B97F4A7C15L ^ low) * 0x9E3779B97F4A7C15L + port;
        mixed *= 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    public InetSocketAddress socketAddress() {
        return socketAddress;
    }

    public InetAddress address() {
        return socketAddress.getAddress();
    }

    public int port() {
        return socketAddress.getPort();
    }

    public boolean isTcp() {
        return tcp;
    }

    /** The first 64 bits of the address as IPv6 writes it. */
    public long high() {
        return high;
    }

    /** The other 64. */
    public long low() {
        return low;
    }

    /** The interface by which a link-local address is meant; 0 for all others. */
    public int scope() {
        return scope;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TransportAddress that
                        && hash == that.hash
                        && low == that.low
                        && high == that.high
                        && port() == that.port()
                        && scope == that.scope
                        && tcp == that.tcp);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return (tcp ? "tcp " : "udp ") + socketAddress;
    }
}
