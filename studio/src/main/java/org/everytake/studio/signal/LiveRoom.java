package org.everytake.studio.signal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.everytake.call.PersonState;
import org.everytake.call.Refused;
import org.everytake.call.Room;
import org.jspecify.annotations.Nullable;

/**
 * The sockets and members of one session's room. Who sends and mutes what is the {@link Room}'s business; here is only
 * who has a place, and by which socket they are reached.
 *
 * <p>Guarded by its own monitor, under which nothing waits: sockets send from queues, and the call's room returns at
 * once.
 */
final class LiveRoom {
    /** A person who has been here, and may come again by a pass. */
    private static final class Member {
        final String person;
        String name;
        RoomRole role;
        boolean placed;

        @Nullable
        RoomSocket socket;

        /** Of whoever is here without a socket. */
        @Nullable
        Seat seat;

        long lostNanos;

        Member(String person, String name, RoomRole role) {
            this.person = person;
            this.name = name;
            this.role = role;
        }
    }

    /** What a socket got by joining. */
    record Entry(String person, String name, String pass, RoomRole role) {}

    private final String session;
    private final Room room;
    private final Rooms.World world;

    private final Map<String, Member> members = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Member> places = new HashMap<>();
    private final Set<RoomSocket> sockets = new LinkedHashSet<>();
    private long lastUsedNanos;

    LiveRoom(String session, Room room, Rooms.World world) {
        this.session = session;
        this.room = room;
        this.world = world;
        this.lastUsedNanos = world.nanoClock().getAsLong();
    }

    Room call() {
        return room;
    }

    synchronized RoomSocket connect(Door door, Frames frames) {
        RoomSocket socket = new RoomSocket(this, door, frames, world);
        sockets.add(socket);
        return socket;
    }

    /**
     * Gives a socket its place. The pass of an earlier joining makes it the same person, even one that a former run of
     * the server gave; any other is nobody's. What somebody was in the room they stay, unless they come as more.
     *
     * @return empty if only those may come in who were here, and this is none of them
     */
    synchronized Optional<Entry> enter(RoomSocket socket, Door door, String name, @Nullable String shown) {
        Passes.Pass pass = world.passes().read(session, shown).orElse(null);
        if (pass == null && door.returningOnly()) {
            return Optional.empty();
        }
        Member member = pass == null
                ? new Member(world.persons().get(), name, door.role())
                : members.getOrDefault(pass.person(), new Member(pass.person(), name, pass.role()));
        members.put(member.person, member);
        member.name = name;
        if (door.role().records()) {
            member.role = door.role();
        }
        RoomSocket former = member.socket;
        member.socket = socket;
        member.placed = true;
        places.put(member.person, member);
        forgetOldest();
        if (former != null) {
            former.replaced();
        }
        String next = world.passes().issue(session, member.person, member.role);
        return Optional.of(new Entry(member.person, member.name, next, member.role));
    }

    private void forgetOldest() {
        Iterator<Member> oldest = members.values().iterator();
        while (members.size() > world.options().membersPerRoom() && oldest.hasNext()) {
            if (!oldest.next().placed) {
                oldest.remove();
            }
        }
    }

    /** The call's room let the person in: tells them, from which moment on they hear of each change. */
    synchronized void joined(RoomSocket socket, Door door, Entry entry, List<PersonState> people) {
        socket.send(new ServerMessage.Joined(
                entry.person(),
                entry.pass(),
                entry.role(),
                session,
                door.title(),
                door.mode(),
                door.cameraHeight(),
                people.stream().map(LiveRoom::person).toList(),
                world.states().state(session),
                world.options().iceServers().of(entry.person())));
        socket.welcomed();
    }

    static ServerMessage.Person person(PersonState state) {
        return new ServerMessage.Person(state.person(), state.name(), state.muted(), state.sends());
    }

    /** The call's room did not let them in: their place is free again. */
    synchronized void turnedAway(RoomSocket socket, Entry entry) {
        Member member = places.get(entry.person());
        if (member != null && member.socket == socket) {
            vacate(member);
        }
    }

    /** The person leaves for good. */
    synchronized void leave(RoomSocket socket, Entry entry) {
        Member member = places.get(entry.person());
        if (member != null && member.socket == socket) {
            leave(member);
        }
    }

    /** Gives a place to somebody who has no socket, until they give it up. Whoever had it by the same id, loses it. */
    synchronized void sit(Seat seat, String name) {
        leave(places.get(seat.person()));
        Member member = new Member(seat.person(), name, RoomRole.ATTENDEE);
        member.seat = seat;
        member.placed = true;
        places.put(member.person, member);
        seat.join(room.join(seat.person(), name, seat));
        // They hear and see nobody, so nobody need send for them.
        var unused = room.view(seat.person(), List.of());
    }

    /** What comes of an offer of theirs; if they were not let in, why. */
    synchronized CompletableFuture<String> publish(Seat seat, String offerSdp) {
        return holds(seat)
                ? seat.joined().thenCombine(room.publish(seat.person(), offerSdp, Map.of()), (people, answer) -> answer)
                : CompletableFuture.failedFuture(new Refused("not-joined", "Somebody else came by the same id."));
    }

    /** False if the place is another's by now. */
    synchronized boolean holds(Seat seat) {
        Member member = places.get(seat.person());
        return member != null && member.seat == seat;
    }

    synchronized void giveUp(Seat seat) {
        if (holds(seat)) {
            leave(places.get(seat.person()));
        }
    }

    private void leave(@Nullable Member member) {
        if (member != null) {
            vacate(member);
            var unused = room.leave(member.person);
        }
    }

    private void vacate(Member member) {
        member.socket = null;
        member.seat = null;
        member.placed = false;
        places.remove(member.person);
    }

    /** The socket is gone; whose it was keeps the place for a while. */
    synchronized void lost(RoomSocket socket) {
        sockets.remove(socket);
        lastUsedNanos = world.nanoClock().getAsLong();
        for (Member member : places.values()) {
            if (member.socket == socket) {
                member.socket = null;
                member.lostNanos = lastUsedNanos;
            }
        }
    }

    synchronized Optional<Rooms.Present> present(String pass) {
        Member member = world.passes()
                .read(session, pass)
                .map(shown -> members.get(shown.person()))
                .orElse(null);
        return member == null || !member.placed
                ? Optional.empty()
                : Optional.of(new Rooms.Present(member.person, member.name, member.role.records()));
    }

    synchronized int live() {
        return places.size();
    }

    synchronized long unheardNanos() {
        long now = world.nanoClock().getAsLong();
        return sockets.stream()
                .mapToLong(socket -> now - socket.heardNanos())
                .max()
                .orElse(0);
    }

    synchronized void recordingChanged() {
        var message = new ServerMessage.RecordingChanged(world.states().state(session));
        for (RoomSocket socket : sockets) {
            if (socket.isWelcome()) {
                socket.send(message);
            }
        }
    }

    /** False when the room has been empty for so long that it may be forgotten. */
    synchronized boolean tick() {
        long now = world.nanoClock().getAsLong();
        new ArrayList<>(sockets).forEach(socket -> socket.tick(now));
        for (Member member : new ArrayList<>(places.values())) {
            if (member.socket == null
                    && member.seat == null
                    && longer(now - member.lostNanos, world.options().placeKept())) {
                leave(member);
            }
        }
        if (!sockets.isEmpty() || !places.isEmpty()) {
            lastUsedNanos = now;
        }
        boolean forgotten = longer(now - lastUsedNanos, world.options().forgottenAfter());
        if (forgotten) {
            var unused = room.close();
        }
        return !forgotten;
    }

    static boolean longer(long nanos, Duration duration) {
        return nanos >= duration.toNanos();
    }

    synchronized void close() {
        new ArrayList<>(sockets).forEach(RoomSocket::serverStops);
    }
}
