package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.FramedChannel;
import org.everytake.wire.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active side of ICE over TCP (RFC 6544): opens a connection to each address to which something is sent. Owned by the
 * loop's thread, but for {@link #wakeup}.
 */
final class TcpPort implements DatagramPort {
    private static final Logger log = LoggerFactory.getLogger(TcpPort.class);

    private final InetSocketAddress localAddress;
    private final LongSupplier nanoClock;
    private final Selector selector = Selector.open();
    private final Map<TransportAddress, FramedChannel> connections = new HashMap<>();

    /**
     * @param localAddress to be told as a candidate, which for the active side is never used
     */
    TcpPort(InetSocketAddress localAddress, LongSupplier nanoClock) throws IOException {
        this.localAddress = localAddress;
        this.nanoClock = nanoClock;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void poll(long untilNanos, Receiver receiver) throws IOException {
        long waitMillis = TimeUnit.NANOSECONDS.toMillis(untilNanos - nanoClock.getAsLong() + 999_999);
        if (waitMillis <= 0) {
            selector.selectNow(key -> ready(key, receiver));
        } else {
            selector.select(key -> ready(key, receiver), waitMillis);
        }
    }

    private void ready(SelectionKey key, Receiver receiver) {
        var connection = (FramedChannel) key.attachment();
        try {
            if (key.isConnectable() && ((SocketChannel) key.channel()).finishConnect()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            if (key.isWritable()) {
                connection.writable();
            }
            if (key.isReadable() && !connection.receive(receiver, nanoClock)) {
                close(connection);
            }
        } catch (IOException | Malformed e) {
            log.debug("a TCP connection broke", e);
            close(connection);
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        try {
            FramedChannel connection = connections.get(to);
            if (connection == null) {
                connection = connect(to);
                connections.put(to, connection);
            }
            return connection.send(buffer, offset, length);
        } catch (IOException e) {
            log.debug("cannot send to {}", to, e);
            FramedChannel broken = connections.get(to);
            if (broken != null) {
                close(broken);
            }
            return false;
        }
    }

    private FramedChannel connect(TransportAddress to) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(to.socketAddress());
            SelectionKey key = channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            var connection = new FramedChannel(channel, key, to);
            key.attach(connection);
            return connection;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void close(FramedChannel connection) {
        connections.remove(connection.peer(), connection);
        try {
            connection.close();
        } catch (IOException e) {
            log.debug("closing a TCP connection", e);
        }
    }

    @Override
    public void close() {
        try {
            for (FramedChannel connection : connections.values()) {
                connection.close();
            }
            selector.close();
        } catch (IOException e) {
            log.warn("closing TCP connections", e);
        }
    }
}
