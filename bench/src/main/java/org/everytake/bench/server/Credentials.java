package org.everytake.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * By what a throw-away server lets us in as its admin. The first time the link that it prints is used; what comes of
 * that is kept beside the data, for when the same place is started again.
 *
 * @param key of the API, good for everything
 * @param cookie name and value of a browser in which the admin is signed in
 */
public record Credentials(String key, String cookie) {

    /** The admin's, for whoever wants to sign in with the page. */
    public static final String NAME = "Admin";

    public static final String EMAIL = "admin@example.org";
    public static final String PASSWORD = "a throw-away password";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("\\S+/welcome#(\\S+)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> SCOPES = List.of(
            "sessions:read",
            "sessions:write",
            "recordings:read",
            "recordings:write",
            "organisation:read",
            "organisation:write");

    @Override
    public String toString() {
        return "Credentials";
    }

    /** Of the server that runs at this place. */
    static Credentials of(Server.Place place) throws IOException, InterruptedException, TimeoutException {
        Path kept = place.log().resolveSibling("credentials.json");
        if (Files.exists(kept)) {
            return JSON.readValue(Files.readAllBytes(kept), Credentials.class);
        }
        Await.until(
                "the server prints its first admin's link",
                PATIENCE,
                () -> LINK.matcher(Files.readString(place.log())).find());
        List<MatchResult> links =
                LINK.matcher(Files.readString(place.log())).results().toList();
        Credentials made = use(place.address(), links.getLast().group(1));
        Files.write(kept, JSON.writeValueAsBytes(made));
        return made;
    }

    private static Credentials use(URI server, String token) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> used = post(
                    client,
                    server.resolve("/api/v1/links/use"),
                    Map.of("token", token, "name", NAME, "email", EMAIL, "password", PASSWORD));
            HttpCookie given = HttpCookie.parse(
                            used.headers().firstValue("Set-Cookie").orElseThrow())
                    .getFirst();
            String cookie = given.getName() + "=" + given.getValue();
            HttpResponse<String> made = post(
                    client,
                    server.resolve("/api/v1/keys"),
                    Map.of("name", "Bench", "scopes", SCOPES),
                    "Cookie",
                    cookie);
            JsonNode key = JSON.readTree(made.body());
            return new Credentials(key.path("key").asText(), cookie);
        }
    }

    private static HttpResponse<String> post(HttpClient client, URI address, Map<String, ?> body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(address.getPath() + " was answered with " + answer.statusCode() + ": "
                    + JSON.readTree(answer.body()).path("detail").asText());
        }
        return answer;
    }
}
