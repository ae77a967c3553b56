package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the sockets of a {@link SocketLoop}, by whose thread it is owned. */
final class SocketLine implements Line {
    private static final Logger log = LoggerFactory.getLogger(SocketLine.class);

    private static final int BURST = 64;

    private final SocketLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final CountDownLatch over = new CountDownLatch(1);
    private EventLoop.@Nullable Handler handler;
    private @Nullable TransportAddress server;
    private long nextTick;

    SocketLine(SocketLoop loop, DatagramChannel channel) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.local = (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void start(EventLoop.Handler toDrive) {
        loop.post(() -> {
            handler = toDrive;
            nextTick = System.nanoTime() + loop.nextPhaseNanos();
            try {
                loop.drive(this, channel);
            } catch (IOException e) {
                log.error("cannot listen", e);
                end();
            }
        });
    }

    /** Ticks if it is time; returns how late it is, or -1. */
    long tick(long nowNanos) {
        long lateness = nowNanos - nextTick;
        EventLoop.Handler driven = handler;
        if (lateness < 0 || driven == null) {
            return -1;
        }
        // After a long pause one tick is enough, at the same phase.
        nextTick += (lateness / EventLoop.TICK_NANOS + 1) * EventLoop.TICK_NANOS;
        guard(() -> driven.tick(nowNanos));
        return lateness;
    }

    void receive() {
        EventLoop.Handler driven = handler;
        for (int i = 0; i < BURST && driven != null; i++) {
            ByteBuffer in = loop.in.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(in);
            } catch (IOException e) {
                // Such as "port unreachable" of a server that has gone; silence will tell.
                log.debug("cannot receive", e);
                return;
            }
            if (from == null) {
                return;
            }
            int length = in.flip().remaining();
            in.get(loop.datagram, 0, length);
            TransportAddress sender = address(from);
            guard(() -> driven.datagram(loop.datagram, 0, length, sender, System.nanoTime()));
        }
    }

    /** Nearly all comes from one server. */
    private TransportAddress address(InetSocketAddress from) {
        TransportAddress known = server;
        if (known == null || !known.socketAddress().equals(from)) {
            known = TransportAddress.udp(from);
            server = known;
        }
        return known;
    }

    /** What goes wrong with one line must not end the others. */
    private static void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("a peer failed", e);
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, TransportAddress to) {
        try {
            ByteBuffer out = loop.out.clear().put(buffer, offset, length).flip();
            if (channel.send(out, to.socketAddress()) == length) {
                return true;
            }
        } catch (IOException | RuntimeException e) {
            log.debug("cannot send to {}", to, e);
        }
        loop.unsent();
        return false;
    }

    @Override
    public void execute(Runnable task) {
        loop.post(() -> guard(task));
    }

    @Override
    public boolean isLoopThread() {
        return loop.isLoopThread();
    }

    @Override
    public long nowNanos() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        try {
            loop.post(this::end);
        } catch (RejectedExecutionException e) {
            log.debug("the loop has closed it", e);
        }
        SocketLoop.await(over);
    }

    void end() {
        loop.forget(this);
        EventLoop.Handler driven = handler;
        handler = null;
        if (driven != null) {
            guard(driven::closing);
        }
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("closing a socket", e);
        }
        over.countDown();
    }
}
