package org.everytake.studio.signal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.everytake.call.Room;
import org.everytake.studio.record.RecordingStatus;
import org.jspecify.annotations.Nullable;

/**
 * Who is connected to which room. Any thread may call; each room is guarded by a lock of its own that is never held
 * while something waits.
 */
public final class Rooms implements AutoCloseable {
    /** How a session's recording stands at this moment; null if there is none. Must not block. */
    @FunctionalInterface
    public interface States {
        @Nullable
        RecordingStatus state(String session);
    }

    /** A person who is in a room. */
    public record Present(String person, String name, boolean mayRecord) {}

    /** What every room needs of the world. */
    record World(
            SignalOptions options,
            States states,
            Supplier<String> persons,
            Passes passes,
            LongSupplier nanoClock,
            Executor executor) {}

    private final Function<String, Room> calls;
    private final World world;
    private final ConcurrentHashMap<String, LiveRoom> rooms = new ConcurrentHashMap<>();
    /** By which keys people came into the rooms that are there: who was inside comes back by a key that was revoked. */
    private final ConcurrentHashMap<String, Door> used = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * @param calls the live room of a session
     * @param persons makes ids of people
     * @param executor runs what a room's futures bring; virtual threads
     */
    public Rooms(
            SignalOptions options,
            Function<String, Room> calls,
            States states,
            Supplier<String> persons,
            Passes passes,
            LongSupplier nanoClock,
            Executor executor) {
        this.calls = calls;
        this.world = new World(options, states, persons, passes, nanoClock, executor);
    }

    /**
     * A new socket; null if it was turned away, and then it is being closed. May block.
     *
     * @param key an invitation, or what else the keeper takes
     */
    @Nullable
    RoomSocket connect(String key, Door.Keeper keeper, Frames frames) {
        if (closed) {
            CloseCode.GOING_AWAY.close(frames);
            return null;
        }
        Optional<Door> found = keeper.open(key);
        Door door = found.or(() -> Optional.ofNullable(used.get(key))
                        .filter(open -> rooms.containsKey(open.session()))
                        .map(Door::forThoseWhoReturn))
                .orElse(null);
        if (door == null) {
            CloseCode.NO_SUCH_SESSION.close(frames);
            return null;
        }
        RoomSocket[] socket = new RoomSocket[1];
        rooms.compute(door.session(), (id, known) -> {
            LiveRoom room = known != null ? known : new LiveRoom(id, calls.apply(id), world);
            socket[0] = room.connect(door, frames);
            return room;
        });
        found.ifPresent(open -> used.put(key, open));
        return socket[0];
    }

    /**
     * Gives a place to somebody who has no socket. Whoever had it by the same id leaves before.
     *
     * @param lost is told, once, when the path of what they send was lost, and they have left
     * @return empty if the server stops
     */
    public Optional<Seat> sit(String session, String person, String name, Runnable lost) {
        if (closed) {
            return Optional.empty();
        }
        Seat[] seat = new Seat[1];
        rooms.compute(session, (id, known) -> {
            LiveRoom room = known != null ? known : new LiveRoom(id, calls.apply(id), world);
            seat[0] = new Seat(room, person, lost);
            room.sit(seat[0], name);
            return room;
        });
        return Optional.of(seat[0]);
    }

    /** Who holds this pass and is in the room now. */
    public Optional<Present> present(String session, String pass) {
        LiveRoom room = rooms.get(session);
        return room == null ? Optional.empty() : room.present(pass);
    }

    /** A session's room, for those who watch it without being in it. They do not keep a room that nobody is in. */
    public Room watched(String session) {
        return rooms.computeIfAbsent(session, id -> new LiveRoom(id, calls.apply(id), world))
                .call();
    }

    /** STUN and TURN servers, for somebody who comes in now. */
    public List<ServerMessage.IceServer> iceServers(String person) {
        return world.options().iceServers().of(person);
    }

    /** How many people are in the session's room. */
    public int live(String session) {
        LiveRoom room = rooms.get(session);
        return room == null ? 0 : room.live();
    }

    /** Rooms in which somebody is, and how many are in them. */
    public record Population(int rooms, int people) {}

    public Population population() {
        int[] living = rooms.values().stream()
                .mapToInt(LiveRoom::live)
                .filter(live -> live > 0)
                .toArray();
        return new Population(living.length, IntStream.of(living).sum());
    }

    /** The sessions in whose rooms somebody is. */
    public Set<String> liveSessions() {
        return rooms.entrySet().stream()
                .filter(entry -> entry.getValue().live() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** For how long the most silent of the room's sockets has said nothing; 0 if there is none. */
    long unheardNanos(String session) {
        LiveRoom room = rooms.get(session);
        return room == null ? 0 : room.unheardNanos();
    }

    /** Tells everybody in the room how its recording stands now. */
    public void recordingChanged(String session) {
        LiveRoom room = rooms.get(session);
        if (room != null) {
            room.recordingChanged();
        }
    }

    /** Pings, closes silent sockets, ends places that were kept long enough, forgets empty rooms. Call once a second. */
    public void tick() {
        for (String session : rooms.keySet()) {
            rooms.computeIfPresent(session, (ignored, room) -> room.tick() ? room : null);
        }
        used.values().removeIf(door -> !rooms.containsKey(door.session()));
    }

    /** Tells everybody that the server stops. */
    @Override
    public void close() {
        closed = true;
        rooms.values().forEach(LiveRoom::close);
    }
}
