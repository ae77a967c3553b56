package org.everytake.call.room;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.everytake.call.CallCounters;
import org.everytake.call.CallOptions;
import org.everytake.call.Room;
import org.everytake.call.net.EventLoop;
import org.everytake.call.transport.Transports;

/** All rooms of a loop, and the connections behind its port. Owned by its thread, but for {@link #room}. */
public final class Switchboard implements EventLoop.Handler {
    private final CallOptions options;
    private final CallCounters counters;
    private final EventLoop loop;
    private final Transports transports;
    private final ExecutorService announcements = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("room-news-", 0).factory());
    private final Map<String, RoomFront> rooms = new ConcurrentHashMap<>();
    private final AtomicLong trackNumbers = new AtomicLong();

    /**
     * @param transports makes the connections that the loop is to serve
     */
    public Switchboard(CallOptions options, EventLoop loop, Function<EventLoop, Transports> transports) {
        this.options = options;
        this.loop = loop;
        this.transports = transports.apply(loop);
        this.counters = this.transports.counters();
    }

    /** Any thread. */
    public Room room(String session) {
        return rooms.computeIfAbsent(session, this::newRoom);
    }

    private RoomFront newRoom(String session) {
        var room = new LiveRoom(
                session,
                options,
                transports,
                trackNumbers::incrementAndGet,
                listener -> new Announcer(listener, announcements, counters),
                loop.nowNanos());
        return new RoomFront(session, loop, room, front -> rooms.remove(session, front));
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length, InetSocketAddress from, long arrivalNanos) {
        transports.datagram(buffer, offset, length, from, arrivalNanos);
    }

    @Override
    public void tick(long nowNanos) {
        for (RoomFront front : rooms.values()) {
            front.room().tick(nowNanos);
        }
    }

    @Override
    public void closing() {
        rooms.values().forEach(front -> front.room().close("server-stopped"));
        announcements.shutdown();
    }
}
