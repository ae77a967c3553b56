package org.everytake.studio.main;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a room's socket says first to whoever joins, or {@code close 4404} if that is how it ends. */
final class FirstWords implements WebSocket.Listener {
    private final CompletableFuture<String> said = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    private FirstWords() {}

    static String of(HttpClient client, URI address, String... headers) throws Exception {
        var words = new FirstWords();
        var builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        WebSocket socket = builder.buildAsync(address, words).get(60, TimeUnit.SECONDS);
        try {
            // It may be closed already; then it has said so.
            var unused = socket.sendText("{\"type\":\"join\",\"name\":\"Somebody\"}", true);
            return words.said.get(60, TimeUnit.SECONDS);
        } finally {
            socket.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            said.complete(text.toString());
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        said.complete("close " + code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        said.completeExceptionally(error);
    }
}
