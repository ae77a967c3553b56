package org.everytake.e2e.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Speaks WebDriver BiDi (W3C) to a browser: commands and results are JSON over one WebSocket, told apart by an id. Any
 * thread may ask.
 */
final class BiDi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final WebSocket socket;

    private BiDi(URI address) {
        socket = client.newWebSocketBuilder()
                .buildAsync(address, new Answers())
                .orTimeout(Chromium.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    static BiDi connect(URI address) {
        return new BiDi(address);
    }

    /**
     * Has a command carried out.
     *
     * @return its result
     * @throws IOException with what the browser says is wrong, or because it does not answer
     */
    JsonNode ask(String method, Object parameters) throws IOException, InterruptedException {
        long id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        asked.put(id, answer);
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        try {
            socket.sendText(command.toString(), true).get(Chromium.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            JsonNode result = answer.get(2L * Chromium.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (result.path("type").asText().equals("error")) {
                throw new IOException(method + ": " + result.path("message").asText());
            }
            return result.path("result");
        } catch (ExecutionException | TimeoutException lost) {
            throw new IOException("The browser does not answer " + method, lost);
        } finally {
            asked.remove(id);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    /** Called by the client's threads, one at a time. */
    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            webSocket.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void take(String message) {
            try {
                JsonNode answer = JSON.readTree(message);
                CompletableFuture<JsonNode> future = asked.get(answer.path("id").asLong());
                // Without an id it is news that nobody subscribed to.
                if (future != null) {
                    future.complete(answer);
                }
            } catch (IOException unreadable) {
                asked.values().forEach(future -> future.completeExceptionally(unreadable));
            }
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            asked.values().forEach(future -> future.completeExceptionally(error));
        }
    }
}
