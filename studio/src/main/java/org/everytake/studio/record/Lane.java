package org.everytake.studio.record;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The way to one store, with a thread of its own, so that a store which is away or slow holds up no other. After a failure
 * it pauses, longer each time.
 */
final class Lane {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Ships what there is to ship. */
    interface Round {
        /** False if anything is left. */
        boolean ship(Lane lane);
    }

    private final Round round;
    private final Duration firstPause;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private Lane(String name, Round round, Duration firstPause) {
        this.round = round;
        this.firstPause = firstPause;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** @param firstPause after a failure; doubles up to a minute */
    static Lane start(String name, Round round, Duration firstPause) {
        var lane = new Lane(name, round, firstPause);
        lane.thread.start();
        return lane;
    }

    /** There is something to ship. */
    void wake() {
        wakes.release();
    }

    /** Whether to leave off after the segment under way. */
    boolean ending() {
        return end.getCount() == 0;
    }

    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void run() {
        Duration pause = firstPause;
        try {
            while (!ending()) {
                wakes.drainPermits(); // whatever they were for is looked at now
                if (round.ship(this)) {
                    pause = firstPause;
                    wakes.acquire();
                } else {
                    boolean unused = end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                    pause = longer(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has it end after the segment under way; the next start goes on. */
    void end() {
        end.countDown();
        wake();
    }

    void join(Duration most) throws InterruptedException {
        thread.join(most);
    }
}
