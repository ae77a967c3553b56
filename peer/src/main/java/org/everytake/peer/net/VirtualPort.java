package org.everytake.peer.net;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;

/** A port of a {@link VirtualNetwork}. Its state is guarded by the network's lock. */
final class VirtualPort implements DatagramPort {
    /** As a socket's receive buffer, which drops what comes beyond. */
    private static final int CAPACITY = 8192;

    private static final int BURST = 256;

    /** Room behind a datagram, so that it can be worked on in place. */
    private static final int SLACK = 256;

    private record Datagram(byte[] buffer, int length, TransportAddress from, long at, long number)
            implements Comparable<Datagram> {
        @Override
        public int compareTo(Datagram other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final VirtualNetwork network;
    private final InetSocketAddress address;
    private final TransportAddress here;
    private final Condition changed;
    private final PriorityQueue<Datagram> queue = new PriorityQueue<>();
    private long number;
    private boolean woken;
    private boolean closed;

    /** Waiting in frozen time, with nothing to do before {@link #until}. */
    private boolean isParked;

    private long until;

    VirtualPort(VirtualNetwork network, InetSocketAddress address) {
        this.network = network;
        this.address = address;
        this.here = TransportAddress.udp(address);
        this.changed = network.lock.newCondition();
    }

    @Override
    public InetSocketAddress localAddress() {
        return address;
    }

    @Override
    public void poll(long untilNanos, Receiver receiver) {
        for (Datagram datagram : take(untilNanos)) {
            receiver.datagram(datagram.buffer, 0, datagram.length, datagram.from, datagram.at);
        }
    }

    private List<Datagram> take(long untilNanos) {
        List<Datagram> due = new ArrayList<>();
        network.lock.lock();
        try {
            while (true) {
                long now = network.now();
                for (Datagram head = queue.peek();
                        head != null && head.at <= now && due.size() < BURST;
                        head = queue.peek()) {
                    due.add(queue.remove());
                }
                if (!due.isEmpty() || woken || closed || untilNanos - now <= 0) {
                    woken = false;
                    return due;
                }
                await(untilNanos, now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return due;
        } finally {
            isParked = false;
            network.lock.unlock();
        }
    }

    private void await(long untilNanos, long now) throws InterruptedException {
        Datagram head = queue.peek();
        until = head == null ? untilNanos : Math.min(untilNanos, head.at);
        if (network.isFrozen()) {
            isParked = true;
            network.parked();
            changed.await();
        } else if (changed.awaitNanos(until - now) > 0) {
            // Something changed before the time: looked at by the caller's loop.
            isParked = false;
        }
    }

    @Override
    public void wakeup() {
        network.lock.lock();
        try {
            woken = true;
            signal();
        } finally {
            network.lock.unlock();
        }
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        network.lock.lock();
        try {
            if (closed) {
                return false;
            }
            network.send(buffer, offset, length, here, to);
            return true;
        } finally {
            network.lock.unlock();
        }
    }

    @Override
    public void close() {
        network.lock.lock();
        try {
            closed = true;
            network.closed(this);
            signal();
        } finally {
            network.lock.unlock();
        }
    }

    /** With the lock. False if the queue is full. */
    boolean enqueue(byte[] buffer, int offset, int length, TransportAddress from, long at) {
        if (closed || queue.size() == CAPACITY) {
            return false;
        }
        byte[] copy = new byte[length + SLACK];
        System.arraycopy(buffer, offset, copy, 0, length);
        queue.add(new Datagram(copy, length, from, at, number++));
        if (!network.isFrozen()) {
            signal();
        } else if (isParked) {
            until = Math.min(until, at);
            wakeIfDue(network.now());
        }
        return true;
    }

    /** With the lock. */
    boolean isParked() {
        return isParked;
    }

    /** With the lock. */
    long parkedUntil() {
        return until;
    }

    /** With the lock. Whether there is something to do at that time. */
    boolean wakeIfDue(long now) {
        if (!isParked || until > now) {
            return false;
        }
        signal();
        return true;
    }

    /** With the lock. */
    void signal() {
        isParked = false;
        changed.signalAll();
    }
}
