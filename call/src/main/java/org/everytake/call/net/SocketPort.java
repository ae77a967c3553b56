package org.everytake.call.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.everytake.call.CallCounters;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket, and at the same address a TCP socket if it is wanted, with a selector for all. Owned by the loop's thread,
 * but for {@link #wakeup}.
 */
public final class SocketPort implements DatagramPort {
    private static final Logger log = LoggerFactory.getLogger(SocketPort.class);

    /** What the kernel counts for a datagram of the largest that fit an Ethernet frame, and something to be safe. */
    private static final int HELD_BYTES = 4_096;

    private final DatagramChannel channel;
    private final Selector selector;
    private final SelectionKey readable;
    private final LongSupplier nanoClock;
    private final InetSocketAddress localAddress;
    private final int receiveBufferBytes;
    private final Datagrams datagrams;
    private final Consumer<SelectionKey> ready = this::ready;
    private Receiver receiver = (buffer, offset, length, from, arrivalNanos) -> {};
    private @Nullable TcpListener tcp;
    private boolean more;

    private SocketPort(DatagramChannel channel, Selector selector, Datagrams datagrams, LongSupplier nanoClock)
            throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.readable = channel.register(selector, SelectionKey.OP_READ);
        this.nanoClock = nanoClock;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
        this.receiveBufferBytes = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        this.datagrams = datagrams;
    }

    /** As {@link #bind(InetSocketAddress, int, boolean, LongSupplier)}, with batches. */
    public static SocketPort bind(InetSocketAddress address, int bufferBytes, LongSupplier nanoClock)
            throws IOException {
        return bind(address, bufferBytes, true, nanoClock);
    }

    /**
     * @param batches whether datagrams are taken and sent many at a time, where the system can
     * @throws IOException if the address cannot be bound, for instance because the port is in use
     */
    public static SocketPort bind(InetSocketAddress address, int bufferBytes, boolean batches, LongSupplier nanoClock)
            throws IOException {
        DatagramChannel channel = open(address.getAddress());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            channel.configureBlocking(false);
            channel.bind(address);
            Selector selector = Selector.open();
            log.info(
                    "UDP {}: asked for socket buffers of {} bytes, got {} to receive and {} to send{}",
                    channel.getLocalAddress(),
                    bufferBytes,
                    channel.getOption(StandardSocketOptions.SO_RCVBUF),
                    channel.getOption(StandardSocketOptions.SO_SNDBUF),
                    channel.getOption(StandardSocketOptions.SO_RCVBUF) < bufferBytes
                            ? " (raise net.core.rmem_max to lose less in a long pause)"
                            : "");
            return new SocketPort(channel, selector, datagrams(channel, batches, nanoClock), nanoClock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** For both versions of IP where the address is every one of a machine that has both. */
    private static DatagramChannel open(InetAddress address) throws IOException {
        if (address.isAnyLocalAddress()) {
            return DatagramChannel.open();
        }
        return DatagramChannel.open(
                address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    }

    private static Datagrams datagrams(DatagramChannel channel, boolean batches, LongSupplier nanoClock) {
        Datagrams many = batches ? BatchedDatagrams.over(channel, nanoClock) : null;
        return many == null ? new ChannelDatagrams(channel, nanoClock) : many;
    }

    /**
     * Takes TCP connections at the same address and port from now on. Before the loop starts.
     *
     * @throws IOException if the address cannot be bound
     */
    public void listen(CallCounters counters) throws IOException {
        tcp = TcpListener.bind(localAddress, selector, counters, nanoClock);
    }

    /** Whether datagrams are taken and sent many at a time. */
    public boolean isBatched() {
        return datagrams instanceof BatchedDatagrams;
    }

    /** What the kernel allows for what has arrived and was not taken yet. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void poll(long untilNanos, Receiver to) throws IOException {
        receiver = to;
        long waitMillis = TimeUnit.NANOSECONDS.toMillis(untilNanos - nanoClock.getAsLong() + 999_999);
        if (waitMillis <= 0 || more) {
            selector.selectNow(ready);
        } else {
            selector.select(ready, waitMillis);
        }
        more = datagrams.receive(to);
        if (tcp != null) {
            tcp.tick(nanoClock.getAsLong());
        }
    }

    @Override
    public int capacity() {
        return datagrams.isStamped() ? receiveBufferBytes / HELD_BYTES : 0;
    }

    @Override
    public void gather(boolean gathers) {
        readable.interestOps(gathers ? 0 : SelectionKey.OP_READ);
    }

    private void ready(SelectionKey key) {
        if (tcp != null && key.isValid()) {
            tcp.ready(key, receiver);
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        if (to.isTcp()) {
            return tcp != null && tcp.send(buffer, offset, length, to);
        }
        return datagrams.send(buffer, offset, length, to);
    }

    @Override
    public int flush() {
        return datagrams.flush();
    }

    @Override
    public boolean acceptsTcp() {
        return tcp != null;
    }

    @Override
    public void vouch(TransportAddress peer) {
        if (tcp != null && peer.isTcp()) {
            tcp.vouch(peer);
        }
    }

    @Override
    public void close() {
        try {
            if (tcp != null) {
                tcp.close();
            }
            selector.close();
            datagrams.close();
            channel.close();
        } catch (IOException e) {
            log.warn("closing the sockets", e);
        }
    }
}
