package org.everytake.call.room;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.call.Room;

/** All rooms of a server, each for as long as it lives on one loop, whose switchboard it shares. Thread-safe. */
public final class Exchange {
    private final List<Switchboard> switchboards;
    private final Map<String, RoomFront> rooms = new ConcurrentHashMap<>();

    public Exchange(List<Switchboard> switchboards) {
        this.switchboards = List.copyOf(switchboards);
    }

    /** The room of that session. If there is none, it is made where the fewest people are. */
    public Room room(String session) {
        return front(session);
    }

    /** As {@link #room}, but if there is none it is made on the loop of another session's room. */
    public Room roomBeside(String session, String other) {
        Switchboard switchboard = front(other).switchboard();
        return rooms.computeIfAbsent(session, id -> open(id, switchboard));
    }

    private RoomFront front(String session) {
        return rooms.computeIfAbsent(session, id -> open(id, idlest()));
    }

    private Switchboard idlest() {
        return switchboards.stream()
                .min(Comparator.comparingInt(Switchboard::load))
                .orElseThrow();
    }

    private RoomFront open(String session, Switchboard switchboard) {
        return switchboard.open(session, closed -> rooms.remove(session, closed));
    }
}
