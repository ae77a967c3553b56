package org.everytake.studio.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program that means ill can send, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final int LIMIT_MILLIS = 30_000;
    private static final String GREETING = "{\"name\":\"Anna\"}";

    private final HttpServer server;

    private record Greeting(String name) {}

    BadInputTest() throws Exception {
        server = HttpServer.start(
                "127.0.0.1",
                0,
                URI.create("https://studio.example.org"),
                List.of(routes -> {
                    routes.post("/api/greet", context -> context.json(Json.body(context, Greeting.class)));
                    routes.post("/api/tree", context -> context.json(Json.body(context, Map.class)));
                }),
                List.of());
    }

    @AfterAll
    void close() {
        server.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** What comes until the other side is done; a connection that is reset after its answer counts as done. */
    private static String answer(Socket socket) {
        var bytes = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                bytes.write(read);
            }
        } catch (IOException e) {
            return bytes + "\n(" + e.getMessage() + ")";
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String head(String path, String... fields) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + String.join("\r\n", fields)
                + (fields.length == 0 ? "\r\n" : "\r\n\r\n");
    }

    private String greet(String body, String... fields) throws IOException {
        try (var socket = connect()) {
            var all = new java.util.ArrayList<>(List.of(fields));
            all.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
            write(socket, head("/api/greet", all.toArray(String[]::new)) + body);
            return answer(socket);
        }
    }

    @Test
    void aGigabyteIsRefusedBeforeItIsSent() throws Exception {
        try (var socket = connect()) {
            write(socket, head("/api/greet", "Content-Type: application/json", "Content-Length: 1073741824"));
            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("\"id\":\"too-large\"");
        }
    }

    @Test
    void aBodyWithoutALengthIsReadNoFurtherThanItMayBe() throws Exception {
        try (var socket = connect()) {
            write(socket, head("/api/greet", "Transfer-Encoding: chunked"));
            String chunk = "1000\r\n" + "a".repeat(0x1000) + "\r\n";
            for (int i = 0; i <= Json.LIMIT_BYTES / 0x1000; i++) {
                write(socket, chunk);
            }
            // No last chunk: the answer comes though the body goes on.
            assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("\"id\":\"too-large\"");
        }
    }

    @Test
    void jsonThatIsNestedWithoutEndIsRefused() throws Exception {
        int deep = 20_000;
        try (var socket = connect()) {
            String bomb = "{\"a\":".repeat(deep / 4);
            write(socket, head("/api/tree", "Content-Length: " + bomb.length()) + bomb);
            assertThat(answer(socket)).startsWith("HTTP/1.1 400").contains("malformed-");
        }
        assertThat(greet("{\"name\":" + "[".repeat(deep))).startsWith("HTTP/1.1 400");
        assertThat(greet("{\"name\":" + "9".repeat(deep) + "}")).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain; application/json",
                "application/json; charset=iso-8859-1",
                "application/jsonp",
                "*/*"
            })
    void whatAFormCanSendIsRefused(String type) throws Exception {
        assertThat(greet(GREETING, "Content-Type: " + type))
                .startsWith("HTTP/1.1 415")
                .contains("\"id\":\"unsupported-type\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""})
    void jsonIsTaken(String type) throws Exception {
        assertThat(greet(GREETING, "Content-Type: " + type)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Origin: https://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1.evil.example"
            })
    void otherSitesPagesAreRefused(String field) throws Exception {
        assertThat(greet(GREETING, "Content-Type: application/json", field))
                .startsWith("HTTP/1.1 403")
                .contains("\"id\":\"wrong-origin\"");
    }

    @Test
    void aHeaderOf64KilobytesIsRefused() throws Exception {
        assertThat(greet(GREETING, "X-Long: " + "a".repeat(64 * 1024))).startsWith("HTTP/1.1 431");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/assets/../../db/migration/V1__sessions_and_recordings.sql",
                "/assets/..%2f..%2fdb/migration/V6__people.sql",
                "/%2e%2e/%2e%2e/logback.xml",
                "/..%5c..%5clogback.xml",
                "/logback.xml",
                "/assets//etc/passwd.txt",
                "/%00.html",
                "/org/everytake/studio/main/Main.class"
            })
    void noPathLeadsOutOfThePages(String path) throws Exception {
        try (var socket = connect()) {
            write(socket, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            String answer = answer(socket);
            assertThat(answer).matches("(?s)HTTP/1.1 40[04].*").doesNotContain("create table", "root:", "appender");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PUT", "CONNECT", "PROPFIND", "NONSENSE"})
    void noOtherMethodIsTaken(String method) throws Exception {
        try (var socket = connect()) {
            String target = method.equals("CONNECT") ? "127.0.0.1:80" : "/api/greet";
            write(socket, method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            assertThat(answer(socket)).matches("(?s)HTTP/1.1 (400|403|404|405|501).*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /api/greet HTTP/1.1\r\nHost: a\r\nHost: 127.0.0.1\r\n\r\n",
                "POST /api/greet HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
                "POST /api/greet HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /api/greet HTTP/1.1\r\n\r\n",
                "POST http://evil.example/api/greet HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"
            })
    void whatCanBeReadInTwoWaysIsRefused(String request) throws Exception {
        try (var socket = connect()) {
            write(socket, request);
            socket.shutdownOutput();
            assertThat(answer(socket)).matches("(?s)HTTP/1.1 (400|421).*");
        }
    }
}
