package org.everytake.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads and children of one render. The first that fails ends all others, and its failure is what is told.
 * Thread-safe.
 */
public final class Crew {
    /** Something a thread does. */
    @FunctionalInterface
    public interface Work {
        void run() throws RenderFault, IOException, InterruptedException;
    }

    /** Kept as long as the thing to be ended lives. */
    public interface Guard extends AutoCloseable {
        @Override
        void close();
    }

    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    /** Then it goes on for a bit, so that on a machine that is always short of processors it ends some day. */
    private static final int MOST_PAUSES = 100;

    /** FFmpegs that hang are killed, and what they were at is attempted again; a machine on which all hang is given up. */
    private static final int MOST_STANDSTILLS = 6;

    private final BooleanSupplier machineTaken;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Set<Runnable> kills = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    /** @param machineTaken whether something that cannot wait, such as a call, needs the machine now */
    public Crew(BooleanSupplier machineTaken) {
        this.machineTaken = machineTaken;
    }

    /** Waits while the machine is taken, for some seconds; not if the crew ends, or the thread is interrupted. */
    public void giveWay() {
        for (int pauses = 0; pauses < MOST_PAUSES && machineTaken.getAsBoolean(); pauses++) {
            if (ended.get() || Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Starts a thread; what it throws ends the crew. */
    public Thread start(String name, Work work) {
        Thread thread = Thread.ofPlatform().daemon().name("render-" + name).unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                end(new CancellationException("Interrupted"));
            } catch (RenderFault | IOException | RuntimeException | Error e) {
                end(e);
            }
        });
        synchronized (threads) {
            threads.removeIf(t -> t.getState() == Thread.State.TERMINATED);
            threads.add(thread);
        }
        thread.start();
        return thread;
    }

    /** Has {@code kill} run when the crew ends, at once if it has ended, or nothing moves; until the guard is closed. */
    public Guard guard(Runnable kill) {
        kills.add(kill);
        if (ended.get()) {
            kill.run();
        }
        return () -> kills.remove(kill);
    }

    /** Whether it ends: what fails from now on fails because of that. */
    public boolean isOver() {
        return ended.get();
    }

    /** Ends all; the first reason counts. */
    void end(Throwable reason) {
        failure.compareAndSet(null, reason);
        ended.set(true);
        kills.forEach(Runnable::run);
    }

    /** Waits for a thread, asking {@code progress} and {@code meter} meanwhile; throws what ended the crew. */
    void await(Thread thread, Progress progress, Meter meter) throws RenderFault, InterruptedException {
        try {
            int standstills = 0;
            while (!thread.join(Duration.ofMillis(100)) && !ended.get()) {
                if (progress.cancelled()) {
                    end(new CancellationException("Cancelled"));
                } else if (machineTaken.getAsBoolean()) {
                    meter.excuse();
                } else if (meter.standsStill() && standstills++ < MOST_STANDSTILLS) {
                    meter.excuse();
                    kills.forEach(Runnable::run);
                } else if (meter.standsStill()) {
                    end(new RenderFault("Nothing has moved for three minutes, again and again; FFmpeg seems to hang."));
                }
            }
            rethrow();
        } catch (InterruptedException e) {
            end(new CancellationException("Interrupted"));
            throw e;
        }
    }

    /** Waits until every thread is gone; they end by themselves once their children have. */
    void dissolve() {
        end(new CancellationException("Over"));
        List<Thread> all;
        synchronized (threads) {
            all = List.copyOf(threads);
        }
        boolean interrupted = false;
        for (Thread thread : all) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() throws RenderFault {
        switch (failure.get()) {
            case null -> {}
            case RenderFault fault -> throw fault;
            case IOException e -> throw new RenderFault("Media cannot be read or written: " + e.getMessage(), e);
            case UncheckedIOException e -> throw new RenderFault("The tape cannot be read: " + e.getMessage(), e);
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
