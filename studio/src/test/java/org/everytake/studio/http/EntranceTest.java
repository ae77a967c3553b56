package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
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

    @Test
    void withoutALimitNothingIsCounted() throws Exception {
        try (var server = open(RateLimits.none())) {
            assertThat(get(server, "/api/v1/things").headers().firstValue("RateLimit"))
                    .isEmpty();
        }
    }
}
