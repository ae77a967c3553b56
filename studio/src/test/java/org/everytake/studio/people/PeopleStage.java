package org.everytake.studio.people;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.config.Network;
import org.everytake.studio.config.Settings;
import org.everytake.studio.contract.Contract;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Listening;
import org.everytake.studio.http.Routes;
import org.jspecify.annotations.Nullable;

/** Accounts behind a real server, with a real database. Whoever asks says from which address, as a proxy would. */
public final class PeopleStage implements AutoCloseable {
    static final UUID FIRST = UUID.fromString("00000000-0000-7000-8000-000000000001");
    static final String HOME = "192.0.2.1";
    static final String ELSEWHERE = "198.51.100.7";

    final Database database;
    final TestPeople people;

    private final boolean described;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

    PeopleStage() throws Exception {
        this(Optional.empty());
    }

    PeopleStage(Optional<Settings.Oidc> oidc) throws Exception {
        described = oidc.isEmpty();
        database = TestDatabase.fresh();
        people = new TestPeople(database.jdbi(), this::now, oidc);
        List<Routes> routes = people.all().routes();
        Set<Network> proxies = Set.of(Network.of(InetAddress.getLoopbackAddress()));
        server = HttpServer.start(
                new Listening("127.0.0.1", 0, TestPeople.ADDRESS, Optional.empty(), proxies, Set.of()),
                routes,
                List.of());
    }

    /** For what no client of Java's would send. */
    int port() {
        return server.port();
    }

    Instant now() {
        return now;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** Asks from home, with no browser and no key of anybody unless the headers have one. */
    HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers) throws Exception {
        return askFrom(HOME, method, path, body, headers);
    }

    HttpResponse<String> askFrom(String address, String method, String path, @Nullable String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
                .header("X-Forwarded-For", address)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = client.send(request.build(), BodyHandlers.ofString());
        if (described) {
            Contract.check(
                    method,
                    path,
                    body,
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(null),
                    answer.body().getBytes(StandardCharsets.UTF_8));
        }
        return answer;
    }

    HttpResponse<String> signIn(String email, String password) throws Exception {
        return signInFrom(HOME, email, password);
    }

    HttpResponse<String> signInFrom(String address, String email, String password) throws Exception {
        return askFrom(address, "POST", "/sign-in", json("email", email, "password", password));
    }

    /** An object with these members, all of them texts. */
    static String json(String... pairs) {
        var object = Json.mapper().createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return object.toString();
    }

    static JsonNode read(HttpResponse<String> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    /** The status and, of a problem, its id. */
    static String outcome(HttpResponse<String> answer) throws IOException {
        return answer.statusCode() < 400
                ? String.valueOf(answer.statusCode())
                : answer.statusCode() + " " + read(answer).path("id").asText();
    }

    /** The header that a browser sends from then on. */
    static String[] cookie(HttpResponse<String> answer) {
        String given = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return new String[] {"Cookie", given.substring(0, given.indexOf(';'))};
    }

    static String token(String link) {
        return link.substring(link.indexOf('#') + 1);
    }

    /** The first admin, by the link, with the password of {@link TestPeople}. */
    String[] firstAdmin(String email) throws Exception {
        URI link = people.all().firstAdmin().renew(true).orElseThrow();
        return cookie(ask(
                "POST",
                "/links/use",
                json("token", link.getFragment(), "name", "Anna", "email", email, "password", TestPeople.PASSWORD)));
    }

    /** What was noted, the newest first: {@code name action}. */
    List<String> noted() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select name || ' ' || action from audit order by ctid desc")
                        .mapTo(String.class)
                        .list());
    }

    static String[] with(String[] headers, String... more) {
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        database.close();
    }
}
