package org.everytake.bench.call;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.net.Network;

/** Sessions of Everytake; the recording of each begins with its first publisher. Thread-safe. */
final class EverytakeTarget implements Target {
    private final Api api;
    private final Network network;
    private final Map<Integer, Room> rooms = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private static final class Room {
        private final String session;
        private boolean records;

        Room(String session) {
            this.session = session;
        }
    }

    private record Somebody(Participant participant) implements Guest {
        @Override
        public Peer peer() {
            return participant.peer();
        }

        @Override
        public void close() {
            participant.close();
        }
    }

    EverytakeTarget(Api api, Network network) {
        this.api = api;
        this.network = network;
    }

    @Override
    public Guest publish(int number, PeerOptions options, Clip clip) throws IOException, InterruptedException {
        Room room = room(number);
        Participant participant = Participant.publisher(network, api, room.session, options, clip);
        synchronized (room) {
            if (!room.records) {
                api.startRecording(room.session, participant.room().pass());
                room.records = true;
            }
        }
        return new Somebody(participant);
    }

    @Override
    public Guest view(int number, PeerOptions options) throws IOException, InterruptedException {
        return new Somebody(Participant.viewer(network, api, room(number).session, options));
    }

    private synchronized Room room(int number) throws IOException, InterruptedException {
        Room room = rooms.get(number);
        if (room == null) {
            room = new Room(api.createSession("Load " + number).path("id").asText());
            rooms.put(number, room);
        }
        return room;
    }

    @Override
    public void close() {
        api.close();
    }
}
