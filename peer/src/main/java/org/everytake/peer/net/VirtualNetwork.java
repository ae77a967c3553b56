package org.everytake.peer.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;

/**
 * A network in memory with loss, delay and reordering from a seed. Its time runs with the machine's until it is
 * {@linkplain #freeze frozen}; from then on it moves only by {@link #advance}, which goes from one thing that is due to
 * the next as fast as the loops on its ports take them. DTLS handshakes need running time: freeze after them.
 *
 * <p>Thread-safe: one lock, shared with its ports.
 */
public final class VirtualNetwork implements Network {
    /** A loop that is busy for so long in real time is taken to hang. */
    private static final long HANG_SECONDS = 30;

    private static final int FIRST_HOST = 0x0A000001;
    private static final int PORT = 5000;

    final ReentrantLock lock = new ReentrantLock();
    private final Condition parked = lock.newCondition();
    private final Map<InetSocketAddress, VirtualPort> ports = new LinkedHashMap<>();
    private final Random random;
    private final Instant epoch;
    private Conditions conditions;
    private int nextHost = FIRST_HOST;
    private boolean frozen;

    /** While running: to be added to the machine's; while frozen: the time itself. */
    private long time;

    private long sent;
    private long lost;

    /**
     * @param epoch true time at the beginning
     */
    public VirtualNetwork(long seed, Conditions conditions, Instant epoch) {
        this.random = new Random(seed);
        this.conditions = conditions;
        this.epoch = epoch;
        this.time = -System.nanoTime();
    }

    /** From now on for what is sent. */
    public void setConditions(Conditions conditions) {
        lock.lock();
        try {
            this.conditions = conditions;
        } finally {
            lock.unlock();
        }
    }

    /** A port at the next of the addresses 10.0.0.1, 10.0.0.2 ... */
    @Override
    public DatagramPort open() {
        lock.lock();
        try {
            var port = new VirtualPort(this, new InetSocketAddress(host(nextHost++), PORT));
            ports.put(port.localAddress(), port);
            return port;
        } finally {
            lock.unlock();
        }
    }

    /** Nanoseconds since the beginning. */
    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant wallTime() {
        return epoch.plusNanos(nanoTime());
    }

    /** Stops the time. */
    public void freeze() {
        lock.lock();
        try {
            if (!frozen) {
                time = now();
                frozen = true;
                ports.values().forEach(VirtualPort::signal);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets the time run again with the machine's. */
    public void run() {
        lock.lock();
        try {
            if (frozen) {
                time -= System.nanoTime();
                frozen = false;
                ports.values().forEach(VirtualPort::signal);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves the frozen time, and returns when every loop has done what was due until then.
     *
     * @throws IllegalStateException if the time is not frozen, or a loop hangs
     */
    public void advance(Duration duration) throws InterruptedException {
        lock.lock();
        try {
            if (!frozen) {
                throw new IllegalStateException("time runs by itself");
            }
            long target = time + duration.toNanos();
            while (true) {
                awaitParked();
                long next = target;
                for (VirtualPort port : ports.values()) {
                    next = Math.min(next, port.parkedUntil());
                }
                time = Math.max(time, next);
                boolean due = false;
                for (VirtualPort port : ports.values()) {
                    due |= port.wakeIfDue(time);
                }
                if (time == target && !due) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Datagrams sent so far, lost ones included. */
    public long sent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    /** Datagrams lost so far. */
    public long lost() {
        lock.lock();
        try {
            return lost;
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

    /** With the lock. */
    void parked() {
        parked.signalAll();
    }

    /** With the lock. */
    void send(byte[] buffer, int offset, int length, TransportAddress from, TransportAddress to) {
        sent++;
        VirtualPort receiver = ports.get(to.socketAddress());
        // Drawn in any case, so that who else is there does not change the dice.
        boolean dropped = random.nextDouble() < conditions.loss();
        boolean overtaken = random.nextDouble() < conditions.reordering();
        long later = (long) (random.nextDouble() * conditions.heldBack().toNanos());
        if (receiver == null || dropped) {
            lost++;
            return;
        }
        long at = now() + conditions.delay().toNanos() + (overtaken ? later : 0);
        if (!receiver.enqueue(buffer, offset, length, from, at)) {
            lost++;
        }
    }

    /** With the lock. */
    void closed(VirtualPort port) {
        ports.remove(port.localAddress());
        parked.signalAll();
    }

    private void awaitParked() throws InterruptedException {
        long wait = TimeUnit.SECONDS.toNanos(HANG_SECONDS);
        while (!ports.values().stream().allMatch(VirtualPort::isParked)) {
            wait = parked.awaitNanos(wait);
            if (wait <= 0) {
                throw new IllegalStateException("a loop has been busy for " + HANG_SECONDS + " s");
            }
        }
    }

    private static InetAddress host(int address) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address
                    });
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are a legal length", e);
        }
    }
}
