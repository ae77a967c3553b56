package org.everytake.bench.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.bench.server.JsonSocket;
import org.jspecify.annotations.Nullable;

/** Janus's API over a WebSocket: one session with many handles. Thread-safe. */
final class JanusSocket implements JsonSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong transactions = new AtomicLong();
    private final JsonSocket socket;
    private final long session;

    JanusSocket(URI address) throws IOException, InterruptedException {
        socket = JsonSocket.open(client.newWebSocketBuilder().subprotocols("janus-protocol"), address, this);
        session = ask(JSON.createObjectNode().put("janus", "create"))
                .path("data")
                .path("id")
                .asLong();
    }

    /** A new handle of the videoroom. */
    long attach() throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("janus", "attach").put("plugin", "janus.plugin.videoroom");
        return ask(request).path("data").path("id").asLong();
    }

    /** Ends a handle and its connection. */
    void detach(long handle) throws IOException, InterruptedException {
        ask(JSON.createObjectNode().put("janus", "detach").put("handle_id", handle));
    }

    /** Sends a message to the videoroom; returns its event, or its answer if it answers at once. */
    JsonNode message(long handle, ObjectNode body, @Nullable ObjectNode jsep) throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("janus", "message").put("handle_id", handle);
        request.set("body", body);
        if (jsep != null) {
            request.set("jsep", jsep);
        }
        JsonNode answer = ask(request);
        JsonNode data = answer.path("plugindata").path("data");
        if (data.has("error")) {
            throw new IOException("Janus: " + data.path("error").asText());
        }
        return answer;
    }

    /** To be called each minute at least. */
    void keepAlive() throws IOException, InterruptedException {
        send(JSON.createObjectNode().put("janus", "keepalive"), newTransaction());
    }

    static ObjectNode body(String request) {
        return JSON.createObjectNode().put("request", request);
    }

    static ObjectNode jsep(String type, String sdp) {
        return JSON.createObjectNode().put("type", type).put("sdp", sdp);
    }

    private JsonNode ask(ObjectNode request) throws IOException, InterruptedException {
        String transaction = newTransaction();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(transaction, answer);
        try {
            send(request, transaction);
            return JsonSocket.await(answer, "Janus's answer");
        } finally {
            waiting.remove(transaction);
        }
    }

    private String newTransaction() {
        return Long.toString(transactions.incrementAndGet());
    }

    private void send(ObjectNode request, String transaction) throws IOException, InterruptedException {
        request.put("transaction", transaction);
        if (session != 0) {
            request.put("session_id", session);
        }
        socket.send(request);
    }

    @Override
    public void heard(JsonNode message) {
        String kind = message.path("janus").asText();
        CompletableFuture<JsonNode> answer =
                waiting.get(message.path("transaction").asText());
        if (answer == null) {
            return;
        }
        if (kind.equals("error")) {
            answer.completeExceptionally(
                    new IOException(message.path("error").path("reason").asText()));
        } else if (!kind.equals("ack")) {
            // An "ack" says only that the event will come.
            answer.complete(message);
        }
    }

    @Override
    public void failed(Throwable reason) {
        waiting.values().forEach(future -> future.completeExceptionally(reason));
    }

    @Override
    public void close() {
        socket.close();
        client.shutdownNow();
    }
}
