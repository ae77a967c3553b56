package org.everytake.peer.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.everytake.call.DatagramPort;
import org.jspecify.annotations.Nullable;

/**
 * A network in memory. A datagram goes up the link of its sender's {@linkplain VirtualHost host}, through the network
 * between, and down the link of the receiver's; each of the three has {@link Conditions} of its own for each direction,
 * and dice of its own from the seed.
 *
 * <p>Its time runs with the machine's until it is {@linkplain #freeze frozen}; from then on it moves only by
 * {@link #advance}, which goes from one thing that is due to the next as fast as the loops on its ports take them, one
 * loop at a time: what comes of it depends on the seed alone, and not on which thread was first. DTLS handshakes need running time: freeze after them.
 *
 * <p>Thread-safe: one lock, shared with its ports.
 */
public final class VirtualNetwork implements Network {
    /** A loop that is busy for so long in real time is taken to hang. */
    private static final long HANG_SECONDS = 30;

    private static final int FIRST_HOST = 0x0A000001;

    /** An odd constant spreads the seeds of links (as in SplitMix64). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private record Way(int from, int to) {}

    final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    private final Map<InetSocketAddress, VirtualPort> ports = new HashMap<>();

    /** In the order in which they were opened. */
    private final List<VirtualPort> opened = new ArrayList<>();

    private final Map<Way, Link> between = new HashMap<>();
    private final long seed;
    private final Instant epoch;
    private Conditions conditions;
    private int nextAddress = FIRST_HOST;
    private int hosts;
    private int portNumbers;
    private boolean frozen;
    private boolean advancing;
    private long target;
    private long steps;

    /** While running: to be added to the machine's; while frozen: the time itself. */
    private long time;

    private long sent;
    private long lost;

    /**
     * @param conditions of the network between its hosts
     * @param epoch true time at the beginning
     */
    public VirtualNetwork(long seed, Conditions conditions, Instant epoch) {
        this.seed = seed;
        this.conditions = conditions;
        this.epoch = epoch;
        this.time = -System.nanoTime();
    }

    /** Between its hosts, from now on for what gets there. */
    public void setConditions(Conditions now) {
        locked(() -> {
            conditions = now;
            between.values().forEach(link -> link.set(now));
        });
    }

    /** A machine at the next of the addresses 10.0.0.1, 10.0.0.2 ..., with perfect links. */
    public VirtualHost host() {
        return locked(() -> {
            int number = ++hosts;
            return new VirtualHost(this, number, nextAddress(), seed(number, 0), seed(0, number));
        });
    }

    /** A port, {@code 5000}, of a machine of its own. */
    @Override
    public DatagramPort open() {
        return host().open();
    }

    /** Nanoseconds since the beginning. */
    @Override
    public long nanoTime() {
        return locked(this::now);
    }

    @Override
    public Instant wallTime() {
        return epoch.plusNanos(nanoTime());
    }

    /** Stops the time. */
    public void freeze() {
        locked(() -> {
            if (!frozen) {
                time = now();
                frozen = true;
                opened.forEach(VirtualPort::wake);
            }
        });
    }

    /** Lets the time run again with the machine's. */
    public void run() {
        locked(() -> {
            if (frozen) {
                time -= System.nanoTime();
                frozen = false;
                opened.forEach(VirtualPort::wake);
            }
        });
    }

    /**
     * Moves the frozen time, and returns when every loop has done what was due until then. One thread at a time.
     *
     * @throws IllegalStateException if the time is not frozen, or a loop hangs
     */
    public void advance(Duration duration) throws InterruptedException {
        lock.lock();
        try {
            if (!frozen || advancing) {
                throw new IllegalStateException(frozen ? "time is being moved" : "time runs by itself");
            }
            target = time + duration.toNanos();
            advancing = true;
            parked();
            long before = steps;
            while (advancing) {
                if (progress.await(HANG_SECONDS, TimeUnit.SECONDS)) {
                    continue;
                }
                if (steps == before) {
                    throw new IllegalStateException("a loop has been busy for " + HANG_SECONDS + " s");
                }
                before = steps;
            }
        } finally {
            advancing = false;
            lock.unlock();
        }
    }

    /** Datagrams sent so far, lost ones included. */
    public long sent() {
        return locked(() -> sent);
    }

    /** Datagrams lost so far, for whatever reason. */
    public long lost() {
        return locked(() -> lost);
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock. */
    long now() {
        return frozen ? time : time + System.nanoTime();
    }

    /** With the lock. */
    boolean isFrozen() {
        return frozen;
    }

    /** With the lock. A loop has nothing to do now: once that is so of all, the next that will have goes on. */
    void parked() {
        if (!advancing) {
            return;
        }
        VirtualPort next = null;
        for (VirtualPort port : opened) {
            if (!port.isParked()) {
                return;
            }
            if (next == null || port.parkedUntil() < next.parkedUntil()) {
                next = port;
            }
        }
        step(next);
    }

    private void step(@Nullable VirtualPort next) {
        steps++;
        if (next == null || next.parkedUntil() > target) {
            time = target;
            advancing = false;
            progress.signalAll();
        } else {
            time = Math.max(time, next.parkedUntil());
            next.wake();
        }
    }

    /** With the lock. A parked port has something to do earlier than it thought. */
    void earlier(VirtualPort port) {
        if (!advancing && port.parkedUntil() <= time) {
            port.wake();
        }
    }

    /** With the lock. */
    void send(byte[] buffer, int length, VirtualPort sender, InetSocketAddress to, long number) {
        sent++;
        VirtualPort receiver = ports.get(to);
        VirtualHost from = sender.host();
        List<Link> ahead = receiver == null
                ? List.of(from.up())
                : List.of(
                        from.up(),
                        between(from, receiver.host()),
                        receiver.host().down());
        forward(
                new VirtualDatagram(buffer, length, sender.outside(), to, sender.portNumber(), number, ahead, now()),
                receiver);
    }

    /** With the lock. Over its next link, and over those behind that it reaches at once. */
    void forward(VirtualDatagram datagram, @Nullable VirtualPort receiver) {
        boolean arrives = datagram.ahead().getFirst().pass(datagram.length(), datagram.at(), arrival -> {
            VirtualDatagram behind = datagram.behind(arrival);
            if (receiver == null) {
                countLost();
            } else if (!behind.hasArrived() && arrival <= now()) {
                forward(behind, receiver);
            } else if (!receiver.enqueue(behind)) {
                countLost();
            }
        });
        if (!arrives) {
            countLost();
        }
    }

    private Link between(VirtualHost from, VirtualHost to) {
        return between.computeIfAbsent(
                new Way(from.number(), to.number()), way -> new Link(seed(way.from, way.to), conditions));
    }

    private long seed(int from, int to) {
        return seed ^ ((long) from << 32 | to) * SPREAD;
    }

    /** With the lock. */
    void countLost() {
        lost++;
    }

    /** With the lock. */
    int nextPortNumber() {
        return portNumbers++;
    }

    /** With the lock. */
    void opened(VirtualPort port) {
        ports.put(port.outside(), port);
        opened.add(port);
    }

    /** With the lock. */
    void moved(VirtualPort port, InetSocketAddress outside) {
        ports.remove(port.outside());
        port.seenAs(outside);
        ports.put(outside, port);
    }

    /** With the lock. */
    void closed(VirtualPort port) {
        ports.remove(port.outside());
        opened.remove(port);
        parked();
    }

    /** With the lock. */
    InetAddress nextAddress() {
        int address = nextAddress++;
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address
                    });
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are a legal length", e);
        }
    }
}
