package org.everytake.call.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams many at a time, by recvmmsg(2) and sendmmsg(2): a call of the kernel costs as much as the work on a packet.
 * What is sent waits until {@link #flush}, or until as many wait as one call takes. What comes has the time at which the
 * kernel took it. Nothing is allocated per packet. Owned by the loop.
 */
final class BatchedDatagrams implements Datagrams {
    private static final Logger log = LoggerFactory.getLogger(BatchedDatagrams.class);

    /** Nothing waits that long: somebody has set the clock meanwhile. */
    private static final long LONGEST_WAIT_NANOS = 2_000_000_000L;

    private final int descriptor;
    private final boolean ipv6;
    private final LongSupplier nanoClock;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = arena.allocate(Libc.state());
    private final MessageRing in = new MessageRing(arena);
    private final MessageRing out = new MessageRing(arena);
    private final SocketAddresses addresses = new SocketAddresses();
    private final byte[] datagram = new byte[LARGEST + SLACK];
    private final MemorySegment time = arena.allocate(16, 8);
    private final boolean stamped;
    private int used = MessageRing.SLOTS;
    private long lastArrivalNanos = Long.MIN_VALUE;
    private int waiting;
    private int lost;

    private BatchedDatagrams(int descriptor, boolean ipv6, LongSupplier nanoClock) {
        this.descriptor = descriptor;
        this.ipv6 = ipv6;
        this.nanoClock = nanoClock;
        this.stamped = Libc.timestamps(state, descriptor, time);
    }

    /** Null where the system has no such calls. The channel must stay open for as long as this is used. */
    static @Nullable BatchedDatagrams over(DatagramChannel channel, LongSupplier nanoClock) {
        try {
            OptionalInt descriptor = Libc.isThere() ? SocketDescriptor.of(channel) : OptionalInt.empty();
            if (descriptor.isPresent()) {
                var local = (InetSocketAddress) channel.getLocalAddress();
                return new BatchedDatagrams(
                        descriptor.getAsInt(), local.getAddress() instanceof Inet6Address, nanoClock);
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            log.warn("datagrams are sent one by one: the calls for many at a time cannot be used", e);
        }
        return null;
    }

    @Override
    public boolean receive(DatagramPort.Receiver receiver) throws IOException {
        for (int taken = 0; taken < BURST; taken += used) {
            in.clear(used, stamped);
            used = 0;
            int count = Libc.receive(state, descriptor, in.from(0), MessageRing.SLOTS);
            if (count < 0) {
                int errno = Libc.errno(state);
                if (errno == Libc.EAGAIN || errno == Libc.EINTR) {
                    return false;
                }
                throw new IOException("recvmmsg failed with error " + errno);
            }
            used = count;
            long nowNanos = nanoClock.getAsLong();
            long realtime = stamped ? Libc.realtime(state, time) : 0;
            for (int i = 0; i < count; i++) {
                TransportAddress from = addresses.read(in.names(), in.nameAt(i));
                if (from != null) {
                    int length = in.length(i);
                    in.copy(i, datagram, length);
                    receiver.datagram(datagram, 0, length, from, arrival(i, nowNanos, realtime));
                }
            }
            // What these caused does not wait for the next ones.
            sendAll();
            if (count < MessageRing.SLOTS) {
                return false;
            }
        }
        return true;
    }

    /** By our clock, from how long ago it was by the system's. Never before one that was handed over earlier. */
    private long arrival(int slot, long nowNanos, long realtime) {
        long stamp = stamped ? in.stamp(slot) : 0;
        long waited = stamp == 0 || realtime == 0 ? 0 : realtime - stamp;
        long arrival = waited < 0 || waited > LONGEST_WAIT_NANOS ? nowNanos : nowNanos - waited;
        lastArrivalNanos = Math.max(arrival, lastArrivalNanos);
        return lastArrivalNanos;
    }

    @Override
    public boolean isStamped() {
        return stamped;
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        if (length > LARGEST) {
            return false;
        }
        if (waiting == MessageRing.SLOTS) {
            sendAll();
        }
        if (!out.put(waiting, buffer, offset, length, to, ipv6)) {
            return false;
        }
        waiting++;
        return true;
    }

    private void sendAll() {
        int first = 0;
        while (first < waiting) {
            int sent = Libc.send(state, descriptor, out.from(first), waiting - first);
            if (sent > 0) {
                first += sent;
                continue;
            }
            int errno = Libc.errno(state);
            if (errno == Libc.EAGAIN || errno == Libc.ENOBUFS) {
                // No room: what waits would be late anyway.
                lost += waiting - first;
                break;
            }
            if (errno != Libc.EINTR) {
                // This one has no way, such as to an unreachable network; the next one may.
                log.debug("sendmmsg failed with error {}", errno);
                lost++;
                first++;
            }
        }
        waiting = 0;
    }

    @Override
    public int flush() {
        sendAll();
        int count = lost;
        lost = 0;
        return count;
    }

    @Override
    public void close() {
        arena.close();
    }
}
