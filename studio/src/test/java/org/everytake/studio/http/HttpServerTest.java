package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.config.RoutesConfig;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.everytake.studio.config.CannotStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {
    private static final URI PUBLIC = URI.create("https://studio.example.org");
    private static final byte[] BYTES = new byte[300_000];

    static {
        new Random(7).nextBytes(BYTES);
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Optional<String> trouble = Optional.empty();
    private HttpServer server;

    HttpServerTest() throws CannotStart {
        server = HttpServer.start(
                "127.0.0.1", 0, PUBLIC, List.of(new Health(List.of(() -> trouble)), HttpServerTest::routes), List.of());
    }

    private record Greeting(String name) {}

    private record File() implements Content {
        @Override
        public long sizeBytes() {
            return BYTES.length;
        }

        @Override
        public String contentType() {
            return "video/mp4";
        }

        @Override
        public String tag() {
            return "seven";
        }

        @Override
        public InputStream open(long offset, long lengthBytes) {
            return new ByteArrayInputStream(BYTES, (int) offset, BYTES.length - (int) offset);
        }
    }

    private static void routes(RoutesConfig routes) {
        routes.post("/api/greet", context -> context.json(Json.body(context, Greeting.class)));
        routes.get("/api/bug", context -> {
            throw new IllegalStateException("secret detail");
        });
        routes.get("/api/refused", context -> {
            throw new Refused(ErrorId.NO_PASS, "Show a pass.");
        });
        routes.get("/api/file", context -> ContentAnswer.answer(context, new File()));
        routes.head("/api/file", context -> ContentAnswer.answer(context, new File()));
    }

    @BeforeAll
    void warm() {
        assertThat(server.port()).isPositive();
    }

    @AfterAll
    void close() {
        server.close();
        client.close();
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
    }

    private HttpResponse<byte[]> file(String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/file"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        for (String path : List.of("/health/live", "/api/nothing", "/api/bug", "/", "/no.such", "/..%2fpom")) {
            var headers = send("GET", path, "").headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "data:");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headers.firstValue("Permissions-Policy").orElse("")).contains("camera=(self)");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
            assertThat(headers.firstValue("Server")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST   | /api/greet   | {\"name\":\"Anna\"}        | 200 |",
                "POST   | /api/greet   | {\"nam\":\"Anna\"}         | 400 | unknown-field",
                "POST   | /api/greet   | {\"name\":                 | 400 | malformed-json",
                "POST   | /api/greet   | {\"name\":{}}              | 400 | malformed-request",
                "POST   | /api/greet   | []                         | 400 | malformed-request",
                "POST   | /api/greet   | null                       | 400 | malformed-request",
                "POST   | /api/greet   | {\"name\":\"a\"} {}        | 400 | malformed-request",
                "POST   | /api/greet   | ''                         | 400 | malformed-json",
                "GET    | /api/refused | ''                         | 401 | no-pass",
                "GET    | /api/nothing | ''                         | 404 | not-found",
                "GET    | /api/greet   | ''                         | 405 | method-not-allowed",
                "DELETE | /api/greet   | ''                         | 405 | method-not-allowed",
                "GET    | /api/bug     | ''                         | 500 | internal",
                "GET    | /no.such     | ''                         | 404 | not-found",
                "GET    | /..%2fpom    | ''                         | 404 | not-found"
            })
    void eachMistakeHasItsStatusAndItsId(String method, String path, String body, int status, String id)
            throws Exception {
        var answer = send(method, path, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        if (id != null) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(Problem.CONTENT_TYPE);
            assertThat(answer.body()).contains("\"id\":\"" + id + "\"", "\"status\":" + status);
            assertThat(answer.body()).doesNotContain("secret detail");
        }
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        var answer = send("POST", "/api/greet", "{\"name\":\"" + "a".repeat(Json.LIMIT_BYTES) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"id\":\"too-large\"");
    }

    @Test
    void pagesOfOtherSitesMayNotChangeAnything() throws Exception {
        String body = "{\"name\":\"Anna\"}";
        assertThat(send("POST", "/api/greet", body, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("POST", "/api/greet", body, "Origin", PUBLIC.toString()).statusCode())
                .isEqualTo(200);
        String own = "http://127.0.0.1:" + server.port();
        assertThat(send("POST", "/api/greet", body, "Origin", own).statusCode()).isEqualTo(200);
    }

    @Test
    void healthSaysWhetherWorkCanBeDone() throws Exception {
        assertThat(send("GET", "/health/live", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/health/ready", "").statusCode()).isEqualTo(200);
        trouble = Optional.of("The database does not answer.");
        try {
            var answer = send("GET", "/health/ready", "");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("The database does not answer.");
        } finally {
            trouble = Optional.empty();
        }
    }

    @Test
    void LIB_2_aFileIsAnsweredWholeWithItsTag() throws Exception {
        var answer = file();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(BYTES);
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"seven\"");
        assertThat(answer.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(BYTES.length);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-, 0, 299999", "bytes=100000-200000, 100000, 200000", "bytes=-500, 299500, 299999"})
    void LIB_2_aRangeIsAnsweredExactly(String range, int first, int last) throws Exception {
        var answer = file("Range", range);
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.headers().firstValue("Content-Range"))
                .hasValue("bytes " + first + "-" + last + "/" + BYTES.length);
        assertThat(answer.body()).isEqualTo(java.util.Arrays.copyOfRange(BYTES, first, last + 1));
    }

    @Test
    void LIB_2_aRangeOutsideIsRefusedWithTheSize() throws Exception {
        var answer = file("Range", "bytes=300000-");
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.headers().firstValue("Content-Range")).hasValue("bytes */300000");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("range-not-satisfiable");
    }

    @Test
    void LIB_2_aRangeOfAnotherContentGetsTheWholeOfThisOne() throws Exception {
        assertThat(file("Range", "bytes=0-1", "If-Range", "\"six\"").statusCode())
                .isEqualTo(200);
        assertThat(file("Range", "bytes=0-1", "If-Range", "\"seven\"").statusCode())
                .isEqualTo(206);
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() throws Exception {
        var answer = file("If-None-Match", "\"six\", \"seven\"");
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headAnswersWithoutTheBytes() throws Exception {
        var answer = send("HEAD", "/api/file", "", "Range", "bytes=0-1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(BYTES.length);
    }

    @Test
    void pathsOfPagesGetThePageAndItsFilesAreKeptForGood() throws Exception {
        var page = send("GET", "/recordings/some-id", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        var script = java.util.regex.Pattern.compile("/assets/[^\"]+\\.js").matcher(page.body());
        assertThat(script.find()).isTrue();
        var file = send("GET", script.group(), "");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }

    @Test
    void aPortInUseIsOneSentence() {
        assertThatThrownBy(() -> HttpServer.start("127.0.0.1", server.port(), PUBLIC, List.of(), List.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Port " + server.port());
    }
}
