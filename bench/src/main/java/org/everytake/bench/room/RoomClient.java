package org.everytake.bench.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The signalling of one person. Its methods may be called by any thread, one call at a time; messages are heard on a
 * thread of the HTTP client.
 */
public final class RoomClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Answers the server's offers of what the others send, or with null not at all: then nothing of it comes. */
    @FunctionalInterface
    public interface Subscriptions {
        @Nullable
        String answer(String offerSdp, JsonNode tracks);
    }

    private final HttpClient client;
    private final Subscriptions subscriptions;
    private final ReentrantLock sending = new ReentrantLock();
    private final CompletableFuture<JsonNode> joined = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> published = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> socket;

    private RoomClient(
            HttpClient client, URI server, @Nullable String key, String session, Subscriptions subscriptions) {
        this.client = client;
        this.subscriptions = subscriptions;
        String scheme = "https".equals(server.getScheme()) ? "wss" : "ws";
        URI address = URI.create(scheme + "://" + server.getAuthority() + "/api/v1/rooms/" + session + "/socket");
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        if (key != null) {
            builder.header("Authorization", "Bearer " + key);
        }
        socket = builder.buildAsync(address, new Ear());
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
        room.send(message("join").put("name", name));
        room.await(room.joined, "joined");
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
        send(message);
        return await(published, "published").path("sdp").asText();
    }

    public void mute(String kind, boolean muted) throws IOException, InterruptedException {
        send(message("mute").put("kind", kind).put("muted", muted));
    }

    /** Leaves for good. */
    public void leave() throws IOException, InterruptedException {
        send(message("leave"));
    }

    private static ObjectNode message(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private void send(ObjectNode message) throws IOException, InterruptedException {
        WebSocket open = await(socket, "open");
        // What is said and what is answered comes of several threads, and the socket takes one message at a time.
        sending.lockInterruptibly();
        try {
            await(open.sendText(message.toString(), true), "sent");
        } finally {
            sending.unlock();
        }
    }

    private static <T> T await(CompletableFuture<T> future, String what) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("The room is not " + what + ": " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new IOException("The room is not " + what + " after " + PATIENCE.toSeconds() + " s", late);
        }
    }

    private void heard(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException notJson) {
            fail(notJson);
            return;
        }
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

    private void subscribed(JsonNode offer) {
        String answer = subscriptions.answer(offer.path("sdp").asText(), offer.path("tracks"));
        if (answer == null) {
            return;
        }
        try {
            send(message("subscribed")
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
        try {
            socket.thenAccept(WebSocket::abort).join();
        } catch (CompletionException neverOpened) {
            fail(neverOpened);
        }
    }

    /** Puts the pieces of a text message together. */
    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                heard(whole);
            }
            return WebSocket.Listener.super.onText(webSocket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            fail(new IOException("The server closed the socket with " + status + " " + reason));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            fail(error);
        }
    }
}
