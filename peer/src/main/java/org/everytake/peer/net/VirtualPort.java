package org.everytake.peer.net;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;

/** A port of a {@link VirtualHost}. Its state is guarded by the network's lock. */
final class VirtualPort implements DatagramPort {
    /** As a socket's receive buffer, which drops what comes beyond. */
    private static final int CAPACITY = 8192;

    private static final int BURST = 256;

    private final VirtualNetwork network;
    private final VirtualHost host;
    private final int portNumber;
    private final InetSocketAddress address;
    private final Condition changed;

    /** What is on its way here, and what has arrived. */
    private final PriorityQueue<VirtualDatagram> queue = new PriorityQueue<>();

    private InetSocketAddress outside;
    private long sent;
    private boolean woken;
    private boolean closed;

    /** Waiting in frozen time, with nothing to do before {@link #until}. */
    private boolean isParked;

    private long until;

    VirtualPort(VirtualNetwork network, VirtualHost host, int portNumber, InetSocketAddress address) {
        this.network = network;
        this.host = host;
        this.portNumber = portNumber;
        this.address = address;
        this.outside = address;
        this.changed = network.lock.newCondition();
    }

    @Override
    public InetSocketAddress localAddress() {
        return address;
    }

    @Override
    public void poll(long untilNanos, Receiver receiver) {
        for (VirtualDatagram datagram : take(untilNanos)) {
            receiver.datagram(
                    datagram.buffer(), 0, datagram.length(), TransportAddress.udp(datagram.from()), datagram.at());
        }
    }

    private List<VirtualDatagram> take(long untilNanos) {
        List<VirtualDatagram> due = new ArrayList<>();
        network.lock.lock();
        try {
            while (true) {
                long now = network.now();
                for (VirtualDatagram head = queue.peek();
                        head != null && head.at() <= now && due.size() < BURST;
                        head = queue.peek()) {
                    queue.remove();
                    if (!head.to().equals(outside)) {
                        network.countLost();
                    } else if (head.hasArrived()) {
                        due.add(head);
                    } else {
                        network.forward(head, this);
                    }
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
        VirtualDatagram head = queue.peek();
        until = head == null ? untilNanos : Math.min(untilNanos, head.at());
        if (network.isFrozen()) {
            isParked = true;
            network.parked();
            while (isParked) {
                changed.await();
            }
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
            changed(network.now());
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
            network.send(VirtualDatagram.copy(buffer, offset, length), length, this, to.socketAddress(), sent++);
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
            host.closed(this);
            network.closed(this);
            wake();
        } finally {
            network.lock.unlock();
        }
    }

    VirtualHost host() {
        return host;
    }

    int portNumber() {
        return portNumber;
    }

    /** With the lock. What others see of it. */
    InetSocketAddress outside() {
        return outside;
    }

    /** With the lock. */
    void seenAs(InetSocketAddress now) {
        outside = now;
    }

    /** With the lock. False if the queue is full. */
    boolean enqueue(VirtualDatagram datagram) {
        if (closed || queue.size() == CAPACITY) {
            return false;
        }
        queue.add(datagram);
        changed(datagram.at());
        return true;
    }

    /** With the lock. There is something to look at from that time on. */
    private void changed(long at) {
        if (!network.isFrozen()) {
            wake();
        } else if (isParked) {
            until = Math.min(until, at);
            network.earlier(this);
        }
    }

    /** With the lock. */
    boolean isParked() {
        return isParked;
    }

    /** With the lock. */
    long parkedUntil() {
        return until;
    }

    /** With the lock. */
    void wake() {
        isParked = false;
        changed.signalAll();
    }
}
