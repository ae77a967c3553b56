package org.everytake.call.room;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.RoomListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a listener in order on threads of an executor, so that one that blocks holds up nobody else. News are given by
 * the loop; the lock guards the queue between it and the listener's thread.
 */
final class Announcer {
    private static final Logger log = LoggerFactory.getLogger(Announcer.class);
    private static final int CAPACITY = 1_000;

    /** Makes announcers that share threads and counters. */
    interface Factory {
        Announcer announcer(RoomListener listener);
    }

    private final RoomListener listener;
    private final Executor executor;
    private final CallCounters counters;
    private final ArrayDeque<Consumer<RoomListener>> queue = new ArrayDeque<>();
    private boolean running;

    Announcer(RoomListener listener, Executor executor, CallCounters counters) {
        this.listener = listener;
        this.executor = executor;
        this.counters = counters;
    }

    void tell(Consumer<RoomListener> news) {
        synchronized (queue) {
            if (queue.size() >= CAPACITY) {
                counters.count(Counter.LISTENER_OVERFLOW);
                return;
            }
            queue.add(news);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        while (true) {
            Consumer<RoomListener> news;
            synchronized (queue) {
                news = queue.poll();
                if (news == null) {
                    running = false;
                    return;
                }
            }
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                log.error("a room's listener failed", e);
            }
        }
    }
}
