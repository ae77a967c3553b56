package org.everytake.call.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passive side of ICE over TCP (RFC 6544): connections that peers open whose networks let no UDP through. A connection
 * lives on a lease, short at first, which is renewed whenever STUN proves the peer. Owned by the loop.
 */
final class TcpListener {
    private static final Logger log = LoggerFactory.getLogger(TcpListener.class);

    static final int MOST_CONNECTIONS = 1_000;

    /** A class behind one router has two for each person. */
    static final int MOST_PER_ADDRESS = 200;

    static final long FIRST_LEASE_NANOS = Duration.ofSeconds(10).toNanos();

    /** Browsers check a connection that they do not use at the moment each 25 s or so. */
    static final long LEASE_NANOS = Duration.ofSeconds(60).toNanos();

    private static final long ROUND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int ACCEPTS_PER_TURN = 64;

    /** More in the kernel would only be late, as in our own queue. */
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    private static final class Connection {
        final FramedChannel channel;
        long untilNanos;

        Connection(FramedChannel channel, long untilNanos) {
            this.channel = channel;
            this.untilNanos = untilNanos;
        }
    }

    private final ServerSocketChannel server;
    private final SelectionKey serverKey;
    private final Selector selector;
    private final CallCounters counters;
    private final LongSupplier nanoClock;
    private final Map<TransportAddress, Connection> connections = new HashMap<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private long nextRoundNanos;

    private TcpListener(ServerSocketChannel server, Selector selector, CallCounters counters, LongSupplier nanoClock)
            throws IOException {
        this.server = server;
        this.selector = selector;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.serverKey = server.register(selector, SelectionKey.OP_ACCEPT, this);
        this.nextRoundNanos = nanoClock.getAsLong() + ROUND_NANOS;
    }

    /**
     * @param selector whose keys with this listener or one of its connections as attachment belong to {@link #ready}
     * @throws IOException if the address cannot be bound
     */
    static TcpListener bind(InetSocketAddress address, Selector selector, CallCounters counters, LongSupplier nanoClock)
            throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.bind(address);
            return new TcpListener(server, selector, counters, nanoClock);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Something can be done on one of the selector's keys. */
    void ready(SelectionKey key, DatagramPort.Receiver receiver) {
        if (key.attachment() instanceof Connection connection) {
            ready(connection, key, receiver);
        } else if (key == serverKey) {
            accept();
        }
    }

    private void ready(Connection connection, SelectionKey key, DatagramPort.Receiver receiver) {
        try {
            if (key.isWritable()) {
                connection.channel.writable();
            }
            if (key.isReadable() && !connection.channel.receive(receiver, nanoClock)) {
                close(connection);
            }
        } catch (Malformed e) {
            counters.count(Counter.TCP_MALFORMED);
            close(connection);
        } catch (IOException e) {
            log.debug("a TCP connection broke", e);
            close(connection);
        }
    }

    private void accept() {
        for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
            SocketChannel channel = null;
            try {
                channel = server.accept();
                if (channel == null) {
                    return;
                }
                admit(channel);
            } catch (IOException | RuntimeException e) {
                counters.count(Counter.TCP_REFUSED);
                log.debug("cannot accept", e);
                if (channel == null) {
                    // Such as too many open files: it would fail on and on until some are closed.
                    serverKey.interestOps(0);
                    return;
                }
                closeQuietly(channel);
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        TransportAddress peer = TransportAddress.tcp((InetSocketAddress) channel.getRemoteAddress());
        if (connections.size() >= MOST_CONNECTIONS || perAddress.getOrDefault(peer.address(), 0) >= MOST_PER_ADDRESS) {
            counters.count(Counter.TCP_REFUSED);
            channel.close();
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        var connection =
                new Connection(new FramedChannel(channel, key, peer), nanoClock.getAsLong() + FIRST_LEASE_NANOS);
        key.attach(connection);
        counters.count(Counter.TCP_ACCEPTED);
        perAddress.merge(peer.address(), 1, Integer::sum);
        Connection former = connections.put(peer, connection);
        if (former != null) {
            // Its peer has begun anew from the same port before we heard of the end.
            forgetOne(peer);
            closeQuietly(former.channel);
        }
    }

    /** False if there is no connection to that peer, or no room for more of what it does not take. */
    boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        Connection connection = connections.get(to);
        if (connection == null) {
            return false;
        }
        try {
            boolean taken = connection.channel.send(buffer, offset, length);
            if (!taken) {
                counters.count(Counter.TCP_OVERFLOW);
            }
            return taken;
        } catch (IOException e) {
            log.debug("a TCP connection broke", e);
            close(connection);
            return false;
        }
    }

    void vouch(TransportAddress peer) {
        Connection connection = connections.get(peer);
        if (connection != null) {
            connection.untilNanos = nanoClock.getAsLong() + LEASE_NANOS;
        }
    }

    /** To be called each turn: closes connections of which nobody has heard anything good for long. */
    void tick(long nowNanos) {
        if (nowNanos - nextRoundNanos < 0) {
            return;
        }
        nextRoundNanos = nowNanos + ROUND_NANOS;
        serverKey.interestOps(SelectionKey.OP_ACCEPT);
        for (Iterator<Connection> all = connections.values().iterator(); all.hasNext(); ) {
            Connection connection = all.next();
            if (nowNanos - connection.untilNanos > 0) {
                counters.count(Counter.TCP_EXPIRED);
                all.remove();
                forgetOne(connection.channel.peer());
                closeQuietly(connection.channel);
            }
        }
    }

    private void close(Connection connection) {
        if (connections.remove(connection.channel.peer(), connection)) {
            forgetOne(connection.channel.peer());
        }
        closeQuietly(connection.channel);
    }

    private void forgetOne(TransportAddress peer) {
        perAddress.computeIfPresent(peer.address(), (address, count) -> count == 1 ? null : count - 1);
    }

    void close() throws IOException {
        connections.values().forEach(connection -> closeQuietly(connection.channel));
        connections.clear();
        perAddress.clear();
        server.close();
    }

    private static void closeQuietly(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("closing a TCP connection", e);
        }
    }
}
