package org.everytake.peer.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.everytake.call.net.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that drives many sockets. Each line ticks as often as it would with a loop of its own, but at a phase of its
 * own, so that what hundreds send is spread over time as it is in life.
 */
final class SocketLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SocketLoop.class);

    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long WAIT_MILLIS = 1;
    private static final int BURST = 64;
    private static final int LARGEST_DATAGRAM = 4_096;

    /** Room behind a datagram, so that it can be worked on in place. */
    private static final int SLACK = 256;

    /** Steps of the phases: an odd multiple of the golden section spreads any number of them evenly. */
    private static final double GOLDEN = 0.618033988749895;

    private final Selector selector;
    private final int bufferBytes;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final List<SocketLine> lines = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    private final byte[] datagram = new byte[LARGEST_DATAGRAM + SLACK];
    private volatile boolean closing;
    private int begun;
    private SharedSockets.Punctuality punctuality = new SharedSockets.Punctuality(0, 0, 0, 0);

    private SocketLoop(String name, int bufferBytes) throws IOException {
        this.selector = Selector.open();
        this.bufferBytes = bufferBytes;
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    static SocketLoop start(String name, int bufferBytes) throws IOException {
        SocketLoop loop = new SocketLoop(name, bufferBytes);
        loop.thread.start();
        return loop;
    }

    Line open(InetSocketAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            channel.configureBlocking(false);
            channel.bind(local);
            return new SocketLine(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Since the last call. */
    synchronized SharedSockets.Punctuality punctuality() {
        SharedSockets.Punctuality until = punctuality;
        punctuality = new SharedSockets.Punctuality(0, 0, 0, 0);
        return until;
    }

    private synchronized void note(long ticks, long late, long latestNanos, long unsent) {
        punctuality = punctuality.plus(new SharedSockets.Punctuality(ticks, late, latestNanos, unsent));
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(SocketLoop::receive, mailbox.isEmpty() ? WAIT_MILLIS : 0);
                for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
                    task.run();
                }
                ticks(System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            log.error("the loop of many sockets ends", e);
        } finally {
            closing = true;
            List.copyOf(lines).forEach(SocketLine::end);
            ended.countDown();
        }
    }

    private static void receive(SelectionKey key) {
        ((SocketLine) key.attachment()).receive();
    }

    private void ticks(long nowNanos) {
        long ticks = 0;
        long late = 0;
        long latest = 0;
        for (SocketLine line : lines) {
            long lateness = nowNanos - line.nextTick;
            if (lateness >= 0) {
                ticks++;
                late += lateness > LATE_NANOS ? 1 : 0;
                latest = Math.max(latest, lateness);
                line.tick(nowNanos);
            }
        }
        if (ticks > 0) {
            note(ticks, late, latest, 0);
        }
    }

    private void post(Runnable task) {
        if (closing) {
            throw new RejectedExecutionException("the loop has ended");
        }
        mailbox.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        await(ended);
        try {
            selector.close();
        } catch (IOException e) {
            log.warn("closing a selector", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                log.error("a loop of many sockets does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One of the sockets. Its state is the loop's. */
    private final class SocketLine implements Line {
        private final DatagramChannel channel;
        private final InetSocketAddress local;
        private final CountDownLatch over = new CountDownLatch(1);
        private EventLoop.@Nullable Handler handler;
        private long nextTick;

        SocketLine(DatagramChannel channel) throws IOException {
            this.channel = channel;
            this.local = (InetSocketAddress) channel.getLocalAddress();
        }

        @Override
        public void start(EventLoop.Handler toDrive) {
            post(() -> {
                handler = toDrive;
                double phase = begun++ * GOLDEN % 1;
                nextTick = System.nanoTime() + (long) (phase * EventLoop.TICK_NANOS);
                lines.add(this);
                try {
                    channel.register(selector, SelectionKey.OP_READ, this);
                } catch (IOException e) {
                    log.error("cannot listen", e);
                    end();
                }
            });
        }

        void tick(long nowNanos) {
            // After a long pause one tick is enough, at the same phase.
            while (nextTick <= nowNanos) {
                nextTick += EventLoop.TICK_NANOS;
            }
            EventLoop.Handler driven = handler;
            if (driven != null) {
                guard(() -> driven.tick(nowNanos));
            }
        }

        void receive() {
            EventLoop.Handler driven = handler;
            for (int i = 0; i < BURST && driven != null; i++) {
                in.clear();
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
                in.flip();
                int length = in.remaining();
                in.get(datagram, 0, length);
                guard(() -> driven.datagram(datagram, 0, length, from, System.nanoTime()));
            }
        }

        /** What goes wrong with one line must not end the others. */
        private void guard(Runnable work) {
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
        public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
            out.clear().put(buffer, offset, length).flip();
            try {
                if (channel.send(out, to) == length) {
                    return true;
                }
            } catch (IOException | RuntimeException e) {
                log.debug("cannot send to {}", to, e);
            }
            note(0, 0, 0, 1);
            return false;
        }

        @Override
        public void execute(Runnable task) {
            post(() -> guard(task));
        }

        @Override
        public boolean isLoopThread() {
            return Thread.currentThread() == thread;
        }

        @Override
        public long nowNanos() {
            return System.nanoTime();
        }

        @Override
        public void close() {
            try {
                post(this::end);
            } catch (RejectedExecutionException e) {
                log.debug("the loop has closed it", e);
            }
            await(over);
        }

        void end() {
            lines.remove(this);
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
}
