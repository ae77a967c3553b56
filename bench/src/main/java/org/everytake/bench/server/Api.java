package org.everytake.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The HTTP API as {@code docs/api.md} describes it. May be used by any thread. */
public final class Api implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI server;
    private final Credentials credentials;
    private final URI base;
    private final HttpClient client = HttpClient.newHttpClient();

    private Api(URI server, Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
        base = server.resolve("/api/v1/");
    }

    /** As the admin of a throw-away server. */
    public static Api of(Server server) throws IOException, InterruptedException, TimeoutException {
        return new Api(server.address(), Credentials.of(server.place()));
    }

    /** Of a server elsewhere, of which the credentials are known. */
    public static Api of(URI server, Credentials credentials) {
        return new Api(server, credentials);
    }

    public URI server() {
        return server;
    }

    public Credentials credentials() {
        return credentials;
    }

    /** An answer: its status, its body, and the body as JSON if it is some. */
    public record Answer(int status, JsonNode json, String text) {

        /** The JSON of a success; fails with the problem's sentence otherwise. */
        public JsonNode orFail() throws IOException {
            if (status / 100 != 2) {
                throw new IOException("The server answered " + status + ": "
                        + json.path("detail").asText(text));
            }
            return json;
        }
    }

    public JsonNode createSession(String title) throws IOException, InterruptedException {
        return post("sessions", null, Map.of("title", title)).orFail();
    }

    public JsonNode startRecording(String session, String pass) throws IOException, InterruptedException {
        return post("sessions/" + session + "/recordings", pass, Map.of()).orFail();
    }

    public JsonNode stopRecording(String recording, String pass) throws IOException, InterruptedException {
        return post("recordings/" + recording + "/stop", pass, Map.of()).orFail();
    }

    public JsonNode recording(String recording) throws IOException, InterruptedException {
        return get("recordings/" + recording).orFail();
    }

    /** The newest recording of a session; a missing node if there is none. */
    public JsonNode newestRecording(String session) throws IOException, InterruptedException {
        return get("recordings?session=" + session).orFail().path("recordings").path(0);
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(asAdmin(request(path)).GET().build());
    }

    /** @param pass of somebody in a room, or null for the admin */
    public Answer post(String path, @Nullable String pass, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (pass == null) {
            asAdmin(request);
        } else {
            request.header("Authorization", "Bearer " + pass);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    /** As the admin. */
    public Answer put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(asAdmin(request(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build());
    }

    /** Saves what is at a path of the API into a file. */
    public void download(String path, Path file) throws IOException, InterruptedException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        HttpResponse<Path> answer = client.send(
                asAdmin(HttpRequest.newBuilder(base.resolve(path))).GET().build(),
                HttpResponse.BodyHandlers.ofFile(file));
        if (answer.statusCode() != 200) {
            throw new IOException("The server answered " + answer.statusCode() + " for " + path);
        }
    }

    /** The path of a rendition's bytes. */
    public static String content(JsonNode recording, JsonNode rendition) {
        return "recordings/" + recording.path("id").asText() + "/renditions/"
                + rendition.path("id").asText() + "/content";
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    }

    private HttpRequest.Builder asAdmin(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + credentials.key());
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        JsonNode json = type.contains("json") ? JSON.readTree(answer.body()) : JSON.missingNode();
        return new Answer(answer.statusCode(), json, answer.body());
    }

    @Override
    public void close() {
        client.close();
    }
}
