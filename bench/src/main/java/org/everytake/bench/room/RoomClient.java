package org.everytake.bench.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.everytake.bench.server.JsonSocket;
import org.jspecify.annotations.Nullable;

/**
 * The signalling of one person. Its methods may be called by any thread, one call at a time; messages are heard on a
 * thread of the HTTP client.
 */
public final class RoomClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers the server's offers of what the others send, or with null not at all: then nothing of it comes. */
    @FunctionalInterface
    public interface Subscriptions {
        @Nullable
        String answer(String offerSdp, JsonNode tracks);
    }

    private final Subscriptions subscriptions;
    private final CompletableFuture<JsonNode> joined = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> published = new CompletableFuture<>();
    private final JsonSocket socket;

    private RoomClient(HttpClient client, URI server, @Nullable String key, String session, Subscriptions subscriptions)
            throws IOException, InterruptedException {
        this.subscriptions = subscriptions;
        String scheme = "https".equals(server.getScheme()) ? "wss" : "ws";
        URI address = URI.create(scheme + "://" + server.getAuthority() + "/api/v1/rooms/" + session + "/socket");
        WebSocket.Builder builder = client.newWebSocketBuilder();
        if (key != null) {
            builder.header("Authorization", "Bearer " + key);
        }
        socket = JsonSocket.open(builder, address, new Ear());
    }

    /**
     * Connects and joins.
     *
     * @param client many rooms may share one
     * @param key of the API, by which somebody joins who has an account; null for a guest
     */
    public static RoomClient join(
            HttpClient client,
            URI server,
            @Nullable String key,
            String session,
            String name,
            Subscriptions subscriptions)
            throws IOException, InterruptedException {
        RoomClient room = new RoomClient(client, server, key, session, subscriptions);
        room.socket.send(message("join").put("name", name));
        JsonSocket.await(room.joined, "the room to let in");
        return room;
    }

    /** The secret by which this person returns, and may start and stop recordings. */
    public String pass() {
        return joined.join().path("pass").asText();
    }

    public String person() {
        return joined.join().path("person").asText();
    }

    /** Offers what the person sends (kinds by mid); returns the server's answer. */
    public String publish(String offerSdp, Map<String, String> kinds) throws IOException, InterruptedException {
        ObjectNode message = message("publish").put("sdp", offerSdp);
        kinds.forEach((mid, kind) ->
                message.withArray("tracks").addObject().put("mid", mid).put("kind", kind));
        socket.send(message);
        return JsonSocket.await(published, "the answer to an offer").path("sdp").asText();
    }

    public void mute(String kind, boolean muted) throws IOException, InterruptedException {
        socket.send(message("mute").put("kind", kind).put("muted", muted));
    }

    /** Leaves for good. */
    public void leave() throws IOException, InterruptedException {
        socket.send(message("leave"));
    }

    private static ObjectNode message(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private void subscribed(JsonNode offer) {
        String answer = subscriptions.answer(offer.path("sdp").asText(), offer.path("tracks"));
        if (answer == null) {
            return;
        }
        try {
            socket.send(message("subscribed")
                    .put("serial", offer.path("serial").asLong())
                    .put("sdp", answer));
        } catch (IOException failed) {
            fail(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Throwable reason) {
        joined.completeExceptionally(reason);
        published.completeExceptionally(reason);
    }

    @Override
    public void close() {
        socket.close();
    }

    private final class Ear implements JsonSocket.Listener {
        @Override
        public void heard(JsonNode message) {
            switch (message.path("type").asText()) {
                case "joined" -> joined.complete(message);
                case "published" -> published.complete(message);
                case "subscribe" -> Thread.ofVirtual().start(() -> subscribed(message));
                case "error" -> fail(new IOException(message.path("detail").asText()));
                default -> {
                    // People and recordings come and go; whoever measures asks the API.
                }
            }
        }

        @Override
        public void failed(Throwable reason) {
            fail(reason);
        }
    }
}
