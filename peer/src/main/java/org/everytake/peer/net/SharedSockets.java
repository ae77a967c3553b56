package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.call.DatagramPort;
import org.everytake.call.net.SocketPort;

/**
 * Real UDP sockets whose lines share a few threads: for hundreds of peers in one process. Each line has a socket of its
 * own, because servers tell peers apart by their addresses. Thread-safe.
 */
public final class SharedSockets implements Network, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final InetAddress local;
    private final InstantSource clock;
    private final List<SocketLoop> loops = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /**
     * How punctual the loops were.
     *
     * @param ticks in all
     * @param lateTicks those more than 20 ms after their time
     * @param latestNanos the worst
     * @param unsent datagrams that the system did not take
     */
    public record Punctuality(long ticks, long lateTicks, long latestNanos, long unsent) {
        static final Punctuality NONE = new Punctuality(0, 0, 0, 0);

        Punctuality plus(Punctuality other) {
            return new Punctuality(
                    ticks + other.ticks,
                    lateTicks + other.lateTicks,
                    Math.max(latestNanos, other.latestNanos),
                    unsent + other.unsent);
        }
    }

    /**
     * @param local the address to bind to, each time with a free port
     */
    public SharedSockets(InetAddress local, int threads, InstantSource clock) throws IOException {
        this.local = local;
        this.clock = clock;
        for (int i = 0; i < threads; i++) {
            loops.add(SocketLoop.start("peers-" + i, BUFFER_BYTES));
        }
    }

    /** With a thread of the caller's. */
    @Override
    public DatagramPort open() throws IOException {
        return SocketPort.bind(new InetSocketAddress(local, 0), BUFFER_BYTES, this::nanoTime);
    }

    @Override
    public Line line(String name) throws IOException {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size())).open(new InetSocketAddress(local, 0));
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return clock.instant();
    }

    /** Since the last call. */
    public Punctuality punctuality() {
        return loops.stream().map(SocketLoop::punctuality).reduce(Punctuality.NONE, Punctuality::plus);
    }

    /** Ends all lines. */
    @Override
    public void close() {
        loops.forEach(SocketLoop::close);
    }
}
