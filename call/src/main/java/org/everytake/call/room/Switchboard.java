package org.everytake.call.room;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.everytake.call.CallCounters;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.DatagramPort;
import org.everytake.call.Room;
import org.everytake.call.dtls.DtlsIdentity;
import org.everytake.call.net.EventLoop;
import org.jspecify.annotations.Nullable;

/** All rooms of a loop. Owned by its thread, but for {@link #room}. */
public final class Switchboard implements EventLoop.Handler {
    private final CallOptions options;
    private final CallCounters counters;
    private final ExecutorService announcements = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("room-news-", 0).factory());
    private final Map<String, RoomFront> rooms = new ConcurrentHashMap<>();
    private volatile @Nullable EventLoop loop;

    public Switchboard(
            CallOptions options, DatagramPort port, CallCounters counters, DtlsIdentity identity, SecureRandom random) {
        this.options = options;
        this.counters = counters;
    }

    public void runsOn(EventLoop eventLoop) {
        loop = eventLoop;
    }

    /** Any thread. */
    public Room room(String session) {
        EventLoop eventLoop = loop;
        if (eventLoop == null) {
            throw new IllegalStateException("not started");
        }
        return rooms.computeIfAbsent(
                session,
                id -> new RoomFront(
                        id,
                        eventLoop,
                        new LiveRoom(options, counters, announcements),
                        front -> rooms.remove(id, front)));
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length, InetSocketAddress from, long arrivalNanos) {
        counters.count(Counter.UNKNOWN_ADDRESS);
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
        announcements.close();
    }
}
