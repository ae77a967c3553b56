package org.everytake.call.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datagrams one by one, by the JDK's own means: for every system. Owned by the loop. */
final class ChannelDatagrams implements Datagrams {
    private static final Logger log = LoggerFactory.getLogger(ChannelDatagrams.class);
    private static final int MOST_KNOWN = 4_096;

    private final DatagramChannel channel;
    private final LongSupplier nanoClock;
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST);
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST);
    private final byte[] datagram = new byte[LARGEST + SLACK];
    private final Map<InetSocketAddress, TransportAddress> known = new HashMap<>();

    ChannelDatagrams(DatagramChannel channel, LongSupplier nanoClock) {
        this.channel = channel;
        this.nanoClock = nanoClock;
    }

    @Override
    public boolean receive(DatagramPort.Receiver receiver) throws IOException {
        for (int i = 0; i < BURST; i++) {
            in.clear();
            var from = (InetSocketAddress) channel.receive(in);
            if (from == null) {
                return false;
            }
            in.flip();
            int length = in.remaining();
            in.get(datagram, 0, length);
            receiver.datagram(datagram, 0, length, known(from), nanoClock.getAsLong());
        }
        return true;
    }

    @Override
    public boolean isStamped() {
        return false;
    }

    private TransportAddress known(InetSocketAddress from) {
        TransportAddress address = known.get(from);
        if (address == null) {
            if (known.size() == MOST_KNOWN) {
                // Whoever is still there comes in again with their next datagram.
                known.clear();
            }
            address = TransportAddress.udp(from);
            known.put(from, address);
        }
        return address;
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        if (length > LARGEST) {
            return false;
        }
        out.clear().put(buffer, offset, length).flip();
        try {
            return channel.send(out, to.socketAddress()) == length;
        } catch (IOException | RuntimeException e) {
            // Unreachable networks and odd addresses: the same to the caller as a datagram lost on its way.
            log.debug("cannot send to {}", to, e);
            return false;
        }
    }

    /** Nothing waits here. */
    @Override
    public int flush() {
        return 0;
    }

    @Override
    public void close() {}
}
