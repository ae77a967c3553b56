package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A NAT that forwards one port (NAT 1:1) on real sockets, with a bad network on its far side, for clients that cannot be
 * put on a {@link VirtualNetwork}. The server sees each client under an address of its own. Each has a link in either
 * direction, with dice of its own from the seed; the time is the machine's, so what is lost differs from run to run.
 *
 * <p>One thread forwards; the rest is thread-safe.
 */
public final class LossyRelay implements AutoCloseable {
    private static final int LARGEST_DATAGRAM = 65_536;

    /** A busy machine is to lose nothing that the dice have not lost. */
    private static final int SOCKET_BUFFER = 4 << 20;

    /** Hears of each datagram of a client before the dice are thrown. Called on the relay's thread. */
    @FunctionalInterface
    public interface Tap {
        /**
         * @param datagram read during the call only
         * @param nowNanos by {@link System#nanoTime}
         */
        void sent(ByteBuffer datagram, long nowNanos);
    }

    /** Datagrams of all clients in one direction. */
    public record Traffic(long sent, long lost) {}

    private static final class Counter {
        final AtomicLong sent = new AtomicLong();
        final AtomicLong lost = new AtomicLong();

        Traffic traffic() {
            return new Traffic(sent.get(), lost.get());
        }
    }

    /** @param inside where the server sees the client */
    private record Client(SocketAddress address, DatagramChannel inside, Link up, Link down) {}

    /** @param to null where the channel is connected */
    private record Waiting(
            long dueNanos,
            long number,
            ByteBuffer datagram,
            DatagramChannel by,
            @Nullable SocketAddress to) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(dueNanos - other.dueNanos, 0);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final Selector selector;
    private final DatagramChannel outside;
    private final InetSocketAddress server;
    private volatile Conditions conditions;
    private final SplittableRandom seeds;
    private final Tap tap;
    private final Thread thread;
    private final Counter up = new Counter();
    private final Counter down = new Counter();

    private final Map<SocketAddress, Client> clients = new HashMap<>();
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private long number;
    private volatile boolean closing;

    private LossyRelay(InetSocketAddress address, InetSocketAddress server, Conditions conditions, long seed, Tap tap)
            throws IOException {
        this.selector = Selector.open();
        this.outside = DatagramChannel.open().bind(address);
        this.server = server;
        this.conditions = conditions;
        this.seeds = new SplittableRandom(seed);
        this.tap = tap;
        this.thread = Thread.ofPlatform().daemon().name("lossy-relay").unstarted(this::run);
    }

    /**
     * Begins to forward.
     *
     * @param address at which clients find the server
     * @param server where it is
     * @param conditions in either direction
     */
    public static LossyRelay open(
            InetSocketAddress address, InetSocketAddress server, Conditions conditions, long seed, Tap tap)
            throws IOException {
        var relay = new LossyRelay(address, server, conditions, seed, tap);
        relay.listen(relay.outside, null);
        relay.thread.start();
        return relay;
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) outside.getLocalAddress();
    }

    /** Of all links, from now on for what enters them. */
    public void set(Conditions now) {
        conditions = now;
    }

    /** From clients to the server. */
    public Traffic up() {
        return up.traffic();
    }

    /** From the server to clients. */
    public Traffic down() {
        return down.traffic();
    }

    /** @param client null of all of them */
    private void listen(DatagramChannel channel, @Nullable Client client) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, client);
    }

    private void run() {
        try {
            while (!closing) {
                await();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.attachment() instanceof Client client) {
                        receiveDown(client);
                    } else {
                        receiveUp();
                    }
                }
                selector.selectedKeys().clear();
                sendDue();
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void await() throws IOException {
        Waiting next = waiting.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(next.dueNanos - System.nanoTime());
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
    }

    private void receiveUp() throws IOException {
        SocketAddress from;
        while ((from = outside.receive(buffer.clear())) != null) {
            buffer.flip();
            Client client = clients.get(from);
            if (client == null) {
                client = newClient(from);
            }
            tap.sent(buffer.asReadOnlyBuffer(), System.nanoTime());
            pass(client.up, up, client.inside, null);
        }
    }

    private Client newClient(SocketAddress from) throws IOException {
        // The server tells its clients where it sees them: browsers that are elsewhere take no loopback address for
        // theirs.
        DatagramChannel inside =
                DatagramChannel.open().bind(new InetSocketAddress(address().getAddress(), 0));
        var client = new Client(
                from,
                inside.connect(server),
                new Link(seeds.nextLong(), conditions),
                new Link(seeds.nextLong(), conditions));
        listen(client.inside, client);
        clients.put(from, client);
        return client;
    }

    private void receiveDown(Client client) {
        try {
            while (client.inside.read(buffer.clear()) > 0) {
                buffer.flip();
                pass(client.down, down, outside, client.address);
            }
        } catch (IOException nobodyThere) {
            // The server's port is not open, or no more: datagrams get lost.
        }
    }

    private void pass(Link link, Counter counter, DatagramChannel by, @Nullable SocketAddress to) {
        counter.sent.incrementAndGet();
        link.set(conditions);
        boolean arrives = link.pass(buffer.remaining(), System.nanoTime(), due -> {
            ByteBuffer copy = ByteBuffer.allocate(buffer.remaining())
                    .put(buffer.duplicate())
                    .flip();
            waiting.add(new Waiting(due, number++, copy, by, to));
        });
        if (!arrives) {
            counter.lost.incrementAndGet();
        }
    }

    private void sendDue() throws ClosedChannelException {
        while (!waiting.isEmpty() && waiting.peek().dueNanos - System.nanoTime() <= 0) {
            Waiting due = waiting.remove();
            try {
                if (due.to == null) {
                    due.by.write(due.datagram);
                } else {
                    due.by.send(due.datagram, due.to);
                }
            } catch (ClosedChannelException closed) {
                throw closed;
            } catch (IOException nobodyThere) {
                // As above.
            }
        }
    }

    /** Ends forwarding; what is under way is lost. */
    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
