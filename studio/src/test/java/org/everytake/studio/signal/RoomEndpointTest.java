package org.everytake.studio.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.library.Invitations;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.SessionStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The room's WebSocket on a real server, with the JDK's client. */
class RoomEndpointTest {
    private static final String SESSION = "01890000-0000-7000-8000-000000000001";

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger persons = new AtomicInteger();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private Database database;
    private CallServer call;
    private Rooms rooms;
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.fresh();
        new SessionStore(database.jdbi())
                .create(
                        UUID.fromString(SESSION),
                        UUID.fromString("00000000-0000-7000-8000-000000000001"),
                        null,
                        "s1",
                        new SessionStore.Settings("Show", null, null, SessionMode.VIDEO, 720),
                        Instant.EPOCH);
        call = CallServer.open(CallOptions.of(new InetSocketAddress("127.0.0.1", 0)));
        rooms = new Rooms(
                SignalOptions.standard(),
                call::room,
                session -> null,
                () -> "p" + persons.incrementAndGet(),
                new Passes(new byte[32], InstantSource.system()),
                nanos::get,
                executor);
        server = HttpServer.start(
                "127.0.0.1",
                0,
                URI.create("http://example.org"),
                List.of(),
                List.of(new RoomEndpoint(
                        rooms, new Invited(new Invitations(database.jdbi()), request -> Optional.empty()))));
    }

    @AfterEach
    void close() {
        rooms.close();
        server.close();
        call.close();
        client.close();
        executor.close();
        database.close();
    }

    /** Collects what comes; {@code "close 1001"} for the end, {@code "ping"} for a ping. */
    private static final class Inbox implements WebSocket.Listener {
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                messages.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            messages.add("ping");
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("close " + code);
            return null;
        }

        String next() throws InterruptedException {
            String message = messages.poll(60, TimeUnit.SECONDS);
            assertThat(message).isNotNull();
            return String.valueOf(message);
        }
    }

    private WebSocket connect(String session, Inbox inbox) {
        return client.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.port() + "/api/v1/rooms/" + session + "/socket"), inbox)
                .join();
    }

    @Test
    void joinsAndIsAnswered() throws Exception {
        var inbox = new Inbox();
        WebSocket socket = connect("s1", inbox);

        socket.sendText("{\"type\":\"join\",\"name\":\"Anna\"}", true).join();

        assertThat(inbox.next()).startsWith("{\"type\":\"joined\",\"person\":\"p1\",\"pass\":\"");
        socket.sendText("{\"type\":\"leave\"}", true).join();
        Await.until("closed", () -> inbox.messages.contains("close 1000"));
    }

    @Test
    void pongsKeepASocketAndSilenceEndsIt() throws Exception {
        var inbox = new Inbox();
        WebSocket socket = connect("s1", inbox);
        socket.sendText("{\"type\":\"join\",\"name\":\"Anna\"}", true).join();
        inbox.next();
        for (int i = 1; i <= 6; i++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
            rooms.tick();
            int pings = i;
            Await.until(
                    "a ping",
                    () -> inbox.messages.stream().filter("ping"::equals).count() == pings);
            // The JDK's client answers with a pong by itself.
            Await.until("the pong is heard", () -> rooms.unheardNanos(SESSION) == 0);
        }
        assertThat(inbox.messages).doesNotContain("close 1001");

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
        rooms.tick();

        Await.until("closed", () -> inbox.messages.contains("close 1001"));
    }

    @Test
    void anUnknownSessionIsClosedWith4404() throws Exception {
        var inbox = new Inbox();
        connect("none", inbox);

        assertThat(inbox.next()).isEqualTo("close 4404");
    }

    @Test
    void aPageOfAnotherSiteIsTurnedAway() {
        URI address = URI.create("ws://127.0.0.1:" + server.port() + "/api/v1/rooms/s1/socket");

        assertThatThrownBy(() -> client.newWebSocketBuilder()
                        .header("Origin", "http://evil.example")
                        .buildAsync(address, new Inbox())
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("403");
    }

    @Test
    void aFrameThatIsTooLargeEndsTheSocket() throws Exception {
        var inbox = new Inbox();
        WebSocket socket = connect("s1", inbox);

        socket.sendText("x".repeat(70_000), true).join();

        assertThat(inbox.next()).isEqualTo("close 1009");
    }
}
