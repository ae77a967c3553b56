package org.everytake.studio.whip;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.everytake.call.Room;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.signal.Rooms;
import org.everytake.studio.signal.Seat;

/**
 * Everything that came by WHIP and WHEP and goes on. A token publishes once: whoever comes with it again takes the
 * place of what was there before, since an encoder that lost its path begins anew before the server has noticed. Any
 * thread; nothing waits under the monitor.
 */
public final class Connections {
    private static final int MOST_VIEWERS = 10;

    private final Rooms rooms;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final Map<UUID, Connection> live = new LinkedHashMap<>();

    public Connections(Rooms rooms, Supplier<UUID> ids, InstantSource clock) {
        this.rooms = rooms;
        this.ids = ids;
        this.clock = clock;
    }

    /** A person in the room from now on, who sends nothing yet. */
    synchronized Connection publish(Token token) {
        end(connection -> connection.token().id().equals(token.id()) && connection.right() == Right.PUBLISH);
        UUID id = ids.get();
        Seat seat = rooms.sit(token.session().toString(), token.id().toString(), token.name(), () -> forget(id))
                .orElseThrow(() -> new Refused(ErrorId.BUSY, "The server stops."));
        var connection = new Connection(id, token, Right.PUBLISH, new Publishing(seat));
        live.put(id, connection);
        return connection;
    }

    /**
     * Somebody who sees and hears the room, and is no person of it.
     *
     * @param person whom they see and hear; if empty whoever speaks
     */
    synchronized Connection watch(Token token, Optional<String> person) {
        if (count(token.id(), Right.WATCH) >= MOST_VIEWERS) {
            throw new Refused(
                    ErrorId.TOO_MANY_VIEWERS, "By one token no more than " + MOST_VIEWERS + " can watch at a time.");
        }
        UUID id = ids.get();
        Room room = rooms.watched(token.session().toString());
        var connection = new Connection(id, token, Right.WATCH, new Watching(room, id.toString(), person));
        live.put(id, connection);
        return connection;
    }

    private record Watching(Room room, String viewer, Optional<String> person) implements Connection.Media {
        @Override
        public CompletableFuture<String> offer(String sdp) {
            return room.watch(viewer, sdp, person);
        }

        @Override
        public void end() {
            var unused = room.unwatch(viewer);
        }
    }

    private record Publishing(Seat seat) implements Connection.Media {
        @Override
        public CompletableFuture<String> offer(String sdp) {
            return seat.publish(sdp);
        }

        @Override
        public void end() {
            seat.giveUp();
        }
    }

    /** The one of that address, if this token made it. */
    synchronized Connection find(Optional<UUID> id, Token token, Right right) {
        return id.map(live::get)
                .filter(connection -> connection.token().id().equals(token.id()) && connection.right() == right)
                .orElseThrow(Connections::noSuch);
    }

    /** Also one that has ended already while it was being made. */
    synchronized void end(Connection connection) {
        live.remove(connection.id());
        connection.end();
    }

    /** Nobody goes on by a token that was taken back. */
    synchronized void revoked(UUID token) {
        end(connection -> connection.token().id().equals(token));
    }

    /** How many go on by this token. */
    synchronized int count(UUID token, Right right) {
        return (int) live.values().stream()
                .filter(connection -> connection.token().id().equals(token) && connection.right() == right)
                .count();
    }

    /** Ends what came by a token that has expired, and forgets who watches no more. Call once a second. */
    public synchronized void tick() {
        end(connection -> connection.token().hasExpired(clock.instant()));
        Map<UUID, List<UUID>> watching = new HashMap<>();
        for (Connection connection : live.values()) {
            if (connection.right() == Right.WATCH && connection.isNegotiated()) {
                watching.computeIfAbsent(connection.token().session(), session -> new ArrayList<>())
                        .add(connection.id());
            }
        }
        watching.forEach((session, all) -> {
            var unused = rooms.watched(session.toString())
                    .viewers()
                    .thenAcceptAsync(there -> all.stream()
                            .filter(id -> !there.contains(id.toString()))
                            .forEach(this::forget));
        });
    }

    private void end(Predicate<Connection> which) {
        for (Connection connection : List.copyOf(live.values())) {
            if (which.test(connection)) {
                live.remove(connection.id());
                connection.end();
            }
        }
    }

    private synchronized void forget(UUID id) {
        live.remove(id);
    }

    static Refused noSuch() {
        return new Refused(
                ErrorId.NO_SUCH_CONNECTION, "There is no such connection. It may have been lost or replaced.");
    }
}
