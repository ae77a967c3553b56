package org.everytake.call.room;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.everytake.call.CallCounters;
import org.everytake.call.CallOptions;
import org.everytake.call.ForwardingDelay;
import org.everytake.call.TransportAddress;
import org.everytake.call.net.EventLoop;
import org.everytake.call.transport.Transports;

/** The rooms of a loop, and the connections behind its port. Owned by its thread, but for {@link #open} and {@link #load}. */
public final class Switchboard implements EventLoop.Handler {
    /** Somebody who is sent something is soon sent something again. */
    private static final long WATCHED_NANOS = 1_000_000_000L;

    /** Feedback to publishers goes out each 100 ms, and they are asked for lost packets for 2 s. */
    private static final long PATIENCE_NANOS = 50_000_000L;

    /** Without rooms nobody is known to whom anything could be answered; who opens one wakes the loop. */
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final CallOptions options;
    private final CallCounters counters;
    private final EventLoop loop;
    private final Transports transports;
    private final LongSupplier trackNumbers;
    private final ExecutorService announcements = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("room-news-", 0).factory());
    private final Set<RoomFront> rooms = ConcurrentHashMap.newKeySet();
    private volatile int people;
    private long forwardedNanos;

    /**
     * @param trackNumbers the next one of the whole server; any thread
     * @param transports makes the connections that the loop is to serve
     */
    public Switchboard(
            CallOptions options,
            EventLoop loop,
            LongSupplier trackNumbers,
            Function<EventLoop, Transports> transports) {
        this.options = options;
        this.loop = loop;
        this.forwardedNanos = loop.nowNanos() - WATCHED_NANOS;
        this.trackNumbers = trackNumbers;
        this.transports = transports.apply(loop);
        this.counters = this.transports.counters();
    }

    /** How much is to do here: the people as of the last tick. Rooms count, too, as they are opened for somebody. */
    int load() {
        return people + rooms.size();
    }

    /**
     * A new room; any thread.
     *
     * @param forget called when it is closed
     */
    RoomFront open(String session, Consumer<RoomFront> forget) {
        var room = new LiveRoom(
                session,
                options,
                transports,
                trackNumbers,
                listener -> new Announcer(listener, announcements, counters),
                loop.nowNanos());
        var front = new RoomFront(session, this, loop, room, closed -> {
            rooms.remove(closed);
            forget.accept(closed);
        });
        rooms.add(front);
        return front;
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length, TransportAddress from, long arrivalNanos) {
        transports.datagram(buffer, offset, length, from, arrivalNanos);
    }

    @Override
    public void tick(long nowNanos) {
        int present = 0;
        for (RoomFront front : rooms) {
            front.room().tick(nowNanos);
            present += front.room().size();
        }
        people = present;
    }

    /** What is only recorded can wait: it has its time. What somebody sees or hears cannot, nor can who comes in. */
    @Override
    public long patienceNanos(long nowNanos) {
        if (rooms.isEmpty()) {
            return IDLE_NANOS;
        }
        boolean urgent = nowNanos - forwardedNanos < WATCHED_NANOS || transports.isShakingHands();
        return urgent ? 0 : PATIENCE_NANOS;
    }

    @Override
    public void flushed() {
        if (transports.delay().isPending()) {
            forwardedNanos = loop.nowNanos();
            transports.delay().sent(forwardedNanos);
        }
    }

    /** How long packets are in this loop. */
    public ForwardingDelay delay() {
        return transports.delay();
    }

    @Override
    public void closing() {
        rooms.forEach(front -> front.room().close("server-stopped"));
        announcements.shutdown();
    }
}
