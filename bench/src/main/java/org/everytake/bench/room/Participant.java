package org.everytake.bench.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.server.Api;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.net.Network;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.wire.Malformed;

/** A Java participant in a session: signalling and media, sending a clip and taking what the others send. */
public final class Participant implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    /** Of all: a thread each would be much for nothing. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Peer peer;
    private final RoomClient room;

    private Participant(Peer peer, RoomClient room) {
        this.peer = peer;
        this.room = room;
    }

    /** Joins as the admin, whose session it is, and returns once its media flows. */
    public static Participant join(Api api, String session, PeerOptions options, Clip clip)
            throws IOException, InterruptedException {
        Peer peer = Peer.open(new SocketNetwork(), options);
        return join(api, session, peer, options.name(), true).publishing(clip);
    }

    /** As {@link #join}, but takes nothing of what the others send. */
    public static Participant publisher(Network network, Api api, String session, PeerOptions options, Clip clip)
            throws IOException, InterruptedException {
        return join(api, session, Peer.open(network, options), options.name(), false)
                .publishing(clip);
    }

    /** Joins as the admin to see and hear the others. */
    public static Participant viewer(Network network, Api api, String session, PeerOptions options)
            throws IOException, InterruptedException {
        return join(api, session, Peer.open(network, options), options.name(), true);
    }

    private static Participant join(Api api, String session, Peer peer, String name, boolean views)
            throws IOException, InterruptedException {
        RoomClient room = RoomClient.join(
                CLIENT,
                api.server(),
                api.credentials().key(),
                session,
                name,
                (sdp, tracks) -> views ? answer(peer, sdp, tracks) : null);
        return new Participant(peer, room);
    }

    private Participant publishing(Clip clip) throws IOException, InterruptedException {
        try {
            publish(clip);
            return this;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    private void publish(Clip clip) throws IOException, InterruptedException {
        String answer = room.publish(peer.offer(clip), Map.of("0", "microphone", "1", "camera"));
        try {
            peer.answered(answer);
            peer.publishing().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Malformed malformed) {
            throw new IOException("The server's answer is malformed: " + malformed.getMessage(), malformed);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("Media does not flow: " + failed.getMessage(), failed);
        }
    }

    private static String answer(Peer peer, String offer, JsonNode tracks) {
        try {
            return peer.answer(offer);
        } catch (Malformed | IOException failed) {
            throw new CompletionException("An offer of " + tracks + " could not be answered", failed);
        }
    }

    public Peer peer() {
        return peer;
    }

    public RoomClient room() {
        return room;
    }

    @Override
    public void close() {
        room.close();
        peer.close();
    }
}
