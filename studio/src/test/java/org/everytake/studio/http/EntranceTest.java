package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.everytake.studio.config.Settings;
import org.everytake.studio.http.limit.RateLimits;
import org.junit.jupiter.api.Test;

/** What is turned away before anything else is asked. */
class EntranceTest {
    private static final URI PUBLIC = URI.create("https://studio.example.org");

    private static HttpServer open(RateLimits limits) throws Exception {
        return HttpServer.start(
                Listening.plain("127.0.0.1", 0, PUBLIC),
                limits,
                List.of(routes -> routes.get("/api/v1/things", context -> context.json(List.of()))),
                List.of());
    }

    private static HttpResponse<String> get(HttpServer server, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() throws Exception {
        try (var server = open(new RateLimits(new Settings.Limits(1, 1, 2), () -> 0))) {
            var first = get(server, "/api/v1/things");
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"api\";q=2;w=60");
            assertThat(first.headers().firstValue("RateLimit")).hasValue("\"api\";r=1;t=30");
            assertThat(get(server, "/api/v1/no-such").statusCode()).isEqualTo(404);
            var third = get(server, "/api/v1/things");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).hasValue("30");
            assertThat(third.headers().firstValue("Content-Type")).hasValue(Problem.CONTENT_TYPE);
            assertThat(third.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(third.body()).contains("\"id\":\"too-many-requests\"", "\"status\":429");
            assertThat(get(server, "/api/v1/rooms/x/socket").statusCode()).isEqualTo(404);
            assertThat(get(server, "/api/v1/rooms/x/socket").statusCode()).isEqualTo(429);
            assertThat(get(server, "/").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(404);
        }
    }

    private static String status(HttpServer server, String host) throws Exception {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            String request = "GET /api/v1/things HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(9, 12);
        }
    }

    /** So that no page of a site whose name leads here is of one origin with ours. */
    @Test
    void onlyItsOwnNamesAreAnswered() throws Exception {
        var listening = new Listening(
                "127.0.0.1", 0, PUBLIC, Optional.empty(), Set.of(), Set.of("desk.lan", "*.school.example"));
        try (var server = HttpServer.start(
                listening,
                RateLimits.none(),
                List.of(routes -> routes.get("/api/v1/things", context -> context.json(List.of()))),
                List.of())) {
            for (String host : List.of(
                    "127.0.0.1:8080",
                    "[::1]:8080",
                    "192.0.2.7",
                    "localhost",
                    "LOCALHOST.:80",
                    "studio.example.org",
                    "studio.example.org:443",
                    "app.localhost",
                    "desk.lan",
                    "a.school.example")) {
                assertThat(status(server, host)).as(host).isEqualTo("200");
            }
            for (String host : List.of(
                    "evil.example",
                    "127.0.0.1.evil.example",
                    "studio.example.org.evil.example",
                    "a.b.school.example",
                    "school.example",
                    "localhost.evil.example:8080",
                    "2130706433",
                    "0x7f000001")) {
                assertThat(status(server, host)).as(host).isEqualTo("421");
            }
            for (String host : List.of("[::1", "a b", "a/b", "localhost@evil.example", "localhost, evil.example")) {
                assertThat(status(server, host)).as(host).isIn("400", "421");
            }
        }
    }

    @Test
    void withoutALimitNothingIsCounted() throws Exception {
        try (var server = open(RateLimits.none())) {
            assertThat(get(server, "/api/v1/things").headers().firstValue("RateLimit"))
                    .isEmpty();
        }
    }
}
