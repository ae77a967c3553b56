package org.everytake.call.net;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.DatagramPort;
import org.everytake.call.TransportAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread to which a port and everything behind it belongs. It takes datagrams, runs what others post, and ticks.
 * Whatever goes wrong in one of these is counted, and ends only that.
 */
public final class EventLoop implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);

    /** Fine enough for the reorder delay of NACK. */
    public static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

    /** No pause of a garbage collector makes a tick so late; a machine that has not enough processors does. */
    static final long LATE_NANOS = Duration.ofMillis(30).toNanos();

    /** For so long after a late tick. */
    static final long STRAINED_NANOS = Duration.ofSeconds(2).toNanos();

    /** Of what a port can hold this much may wait there on purpose; the rest is for pauses that nobody planned. */
    private static final double SHARE_THAT_WAITS = 0.25;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int POSTS_PER_TURN = 1_000;
    private static final int MOST_FAILURES = 100;

    /** What the loop drives. Called by its thread only. */
    public interface Handler extends DatagramPort.Receiver {
        /** Each {@link #TICK_NANOS}, as near as may be; as often as datagrams are taken where that is not so urgent. */
        void tick(long nowNanos);

        /** How long what arrives may lie before it is taken; 0 if somebody waits for it. Asked in each turn. */
        default long patienceNanos(long nowNanos) {
            return 0;
        }

        /** What was sent in this turn has been given to the network. */
        default void flushed() {}

        /** The last call: nothing comes after it. */
        void closing();
    }

    /** Before the start. */
    private static final class Nobody implements Handler {
        @Override
        public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {}

        @Override
        public void tick(long nowNanos) {}

        @Override
        public void closing() {}
    }

    private final DatagramPort port;
    private final LongSupplier nanoClock;
    private final CallCounters counters;
    private final ConcurrentLinkedQueue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closing;
    private volatile long strainedUntil;
    private int failures;
    private long taken;
    private double takenPerSecond;
    private boolean gathers;
    private Handler handler = new Nobody();
    private final DatagramPort.Receiver guarded = this::datagram;

    /** The loop owns the port from now on and closes it in the end. */
    public EventLoop(String name, DatagramPort port, LongSupplier nanoClock, CallCounters counters) {
        this.port = port;
        this.nanoClock = nanoClock;
        this.counters = counters;
        this.strainedUntil = nanoClock.getAsLong();
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /** Once. What was posted before runs first. */
    public void start(Handler toDrive) {
        handler = toDrive;
        thread.start();
    }

    /**
     * Posts to the loop; any thread.
     *
     * @throws RejectedExecutionException if the loop has ended
     */
    @Override
    public void execute(Runnable task) {
        if (closing) {
            throw new RejectedExecutionException("the loop has ended");
        }
        mailbox.add(task);
        if (ended.getCount() == 0 && mailbox.remove(task)) {
            throw new RejectedExecutionException("the loop has ended");
        }
        if (Thread.currentThread() != thread) {
            port.wakeup();
        }
    }

    public boolean isLoopThread() {
        return Thread.currentThread() == thread;
    }

    /** Whether the loop lately was not served by the machine as it needs; any thread. */
    public boolean isStrained() {
        return strainedUntil - nanoClock.getAsLong() > 0;
    }

    public long nowNanos() {
        return nanoClock.getAsLong();
    }

    private void run() {
        long lastTick = nanoClock.getAsLong() - TICK_NANOS;
        try {
            while (!closing) {
                long interval = interval(nanoClock.getAsLong());
                poll(mailbox.isEmpty() ? lastTick + interval : lastTick);
                // What is to go on does not wait for posts and ticks.
                flush();
                runPosts(POSTS_PER_TURN);
                long now = nanoClock.getAsLong();
                if (now - lastTick >= interval) {
                    if (now - lastTick - interval > LATE_NANOS) {
                        strainedUntil = now + STRAINED_NANOS;
                    }
                    tick(now);
                    takenPerSecond = taken / ((now - lastTick) / NANOS_PER_SECOND);
                    taken = 0;
                    // After a long pause one tick is enough: nobody counts them.
                    lastTick = Math.max(lastTick + interval, now - interval);
                }
                flush();
            }
        } catch (IOException | RuntimeException | Error e) {
            counters.count(Counter.INTERNAL_FAULTS);
            log.error("the event loop ends", e);
        } finally {
            closing = true;
            end();
        }
    }

    /** Until the next tick, and whether datagrams wait for it. */
    private long interval(long nowNanos) {
        double fit = port.capacity() * SHARE_THAT_WAITS / Math.max(1, takenPerSecond) * NANOS_PER_SECOND;
        long patience = (long) Math.min(handler.patienceNanos(nowNanos), fit);
        boolean gather = patience >= TICK_NANOS;
        if (gather != gathers) {
            gathers = gather;
            port.gather(gather);
        }
        return gather ? patience : TICK_NANOS;
    }

    /** The network may fail for a moment; a port that fails on and on is gone. */
    private void poll(long untilNanos) throws IOException {
        try {
            port.poll(untilNanos, guarded);
            failures = 0;
        } catch (IOException e) {
            counters.count(Counter.RECEIVE_FAILED);
            if (++failures >= MOST_FAILURES) {
                throw e;
            }
            log.warn("cannot receive", e);
        }
    }

    private void flush() {
        int lost = port.flush();
        if (lost > 0) {
            counters.add(Counter.SEND_FAILED, lost);
            counters.add(Counter.DATAGRAMS_SENT, -lost);
        }
        handler.flushed();
    }

    private void end() {
        try {
            runPosts(Integer.MAX_VALUE);
            handler.closing();
            flush();
        } catch (RuntimeException e) {
            log.error("closing the event loop's rooms", e);
        } finally {
            port.close();
            ended.countDown();
        }
    }

    private void runPosts(int most) {
        for (int i = 0; i < most; i++) {
            Runnable task = mailbox.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable e) {
                fault("a posted task", e);
            }
        }
    }

    private void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
        counters.count(Counter.DATAGRAMS_RECEIVED);
        taken++;
        try {
            handler.datagram(buffer, offset, length, from, arrivalNanos);
        } catch (Throwable e) {
            fault("a datagram", e);
        }
    }

    private void tick(long now) {
        try {
            handler.tick(now);
        } catch (Throwable e) {
            fault("a tick", e);
        }
    }

    /** Ends the task, the datagram or the tick; only a machine that cannot go on ends the loop. */
    private void fault(String what, Throwable e) {
        counters.count(Counter.INTERNAL_FAULTS);
        if (e instanceof VirtualMachineError error) {
            throw error;
        }
        log.error("{} failed", what, e);
    }

    /** Ends the loop and waits for it; a second call does nothing. Not on the loop's own thread. */
    @Override
    public void close() {
        closing = true;
        port.wakeup();
        boolean interrupted = false;
        while (true) {
            try {
                if (!ended.await(10, TimeUnit.SECONDS)) {
                    log.error("the event loop {} does not end", thread.getName());
                }
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
