package org.everytake.bench.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits until something that only the outside can tell becomes true. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Asks the outside. */
    @FunctionalInterface
    public interface Question {
        boolean holds() throws IOException, InterruptedException;
    }

    private Await() {}

    /** Returns once the question is answered yes; fails, naming it, when the limit has passed. */
    public static void until(String what, Duration limit, Question question)
            throws IOException, InterruptedException, TimeoutException {
        long from = System.nanoTime();
        while (!question.holds()) {
            if (System.nanoTime() - from > limit.toNanos()) {
                throw new TimeoutException("Waited " + limit.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("Interrupted while waiting until " + what);
            }
        }
    }

    /** Lets real time pass: the media is real. */
    public static void pass(double seconds) {
        long until = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }
}
