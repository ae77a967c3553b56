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
import org.everytake.peer.net.SharedSockets.Punctuality;
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
    private static final int LARGEST_DATAGRAM = 4_096;

    /** Room behind a datagram, so that it can be worked on in place. */
    private static final int SLACK = 256;

    /** Steps of the golden section spread any number of phases evenly. */
    private static final double GOLDEN = 0.618033988749895;

    /** The loop thread's, for one datagram at a time. */
    final ByteBuffer in = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);

    final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
    final byte[] datagram = new byte[LARGEST_DATAGRAM + SLACK];

    private final Selector selector;
    private final int bufferBytes;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final List<SocketLine> lines = new ArrayList<>();
    private volatile boolean closing;
    private int phases;
    private Punctuality punctuality = Punctuality.NONE;

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
            return new SocketLine(this, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Since the last call. */
    synchronized Punctuality punctuality() {
        Punctuality until = punctuality;
        punctuality = Punctuality.NONE;
        return until;
    }

    private synchronized void note(Punctuality more) {
        punctuality = punctuality.plus(more);
    }

    void unsent() {
        note(new Punctuality(0, 0, 0, 1));
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(SocketLoop::receive, mailbox.isEmpty() ? WAIT_MILLIS : 0);
                for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
                    task.run();
                }
                tick(System.nanoTime());
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

    private void tick(long nowNanos) {
        long ticks = 0;
        long late = 0;
        long latest = 0;
        for (SocketLine line : lines) {
            long lateness = line.tick(nowNanos);
            if (lateness >= 0) {
                ticks++;
                late += lateness > LATE_NANOS ? 1 : 0;
                latest = Math.max(latest, lateness);
            }
        }
        if (ticks > 0) {
            note(new Punctuality(ticks, late, latest, 0));
        }
    }

    /** Of the next line, within a tick; loop only. */
    long nextPhaseNanos() {
        return (long) (phases++ * GOLDEN % 1 * EventLoop.TICK_NANOS);
    }

    /** Loop only. */
    void drive(SocketLine line, DatagramChannel channel) throws IOException {
        lines.add(line);
        channel.register(selector, SelectionKey.OP_READ, line);
    }

    /** Loop only. */
    void forget(SocketLine line) {
        lines.remove(line);
    }

    boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    /** Any thread. */
    void post(Runnable task) {
        if (closing) {
            throw new RejectedExecutionException("the loop has ended");
        }
        mailbox.add(task);
        if (!isLoopThread()) {
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

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                log.error("a loop of many sockets does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
