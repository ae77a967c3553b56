package org.everytake.bench.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** A WebSocket whose messages are JSON, each way. Thread-safe. */
public final class JsonSocket implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Is called on a thread of the HTTP client, which must not be kept waiting. */
    public interface Listener {
        void heard(JsonNode message);

        /** Nothing more is to be expected: the socket was closed, or what came was no JSON. */
        void failed(Throwable reason);
    }

    private final Listener listener;
    private final ReentrantLock sending = new ReentrantLock();
    private final WebSocket socket;

    private JsonSocket(WebSocket.Builder builder, URI address, Listener listener)
            throws IOException, InterruptedException {
        this.listener = listener;
        this.socket = await(builder.connectTimeout(PATIENCE).buildAsync(address, new Ear()), "the socket to open");
    }

    /** Blocks until it is open. */
    public static JsonSocket open(WebSocket.Builder builder, URI address, Listener listener)
            throws IOException, InterruptedException {
        return new JsonSocket(builder, address, listener);
    }

    public void send(ObjectNode message) throws IOException, InterruptedException {
        // What is said and what is answered comes of several threads, and the socket takes one message at a time.
        sending.lockInterruptibly();
        try {
            await(socket.sendText(message.toString(), true), "a message to be sent");
        } finally {
            sending.unlock();
        }
    }

    /**
     * Waits as long as anybody waits for an answer here.
     *
     * @param what is waited for
     */
    public static <T> T await(CompletableFuture<T> future, String what) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("Waited for " + what + ": " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new IOException("Waited for " + what + " for " + PATIENCE.toSeconds() + " s", late);
        }
    }

    @Override
    public void close() {
        socket.abort();
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
                try {
                    listener.heard(JSON.readTree(whole));
                } catch (JsonProcessingException notJson) {
                    listener.failed(notJson);
                }
            }
            return WebSocket.Listener.super.onText(webSocket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
            listener.failed(new IOException("The server closed the socket with " + status + " " + reason));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            listener.failed(error);
        }
    }
}
