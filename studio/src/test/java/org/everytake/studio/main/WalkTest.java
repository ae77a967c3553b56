package org.everytake.studio.main;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.everytake.studio.config.Setting;
import org.everytake.studio.config.SettingsReader;
import org.everytake.studio.contract.Contract;
import org.everytake.studio.contract.OpenApi;
import org.everytake.studio.contract.OpenApi.Operation;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.Served;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionFormat;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.everytake.studio.people.TestPeople;
import org.everytake.studio.people.TestPeople.Somebody;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Over every route of the whole server: who gets in, who does not, and that nobody sees another organisation's things. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalkTest {
    private static final String PREFIX = "/api/v1";
    private static final String MARK = "Alphaville";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> ids = new HashMap<>();
    private Studio studio;
    private TestPeople people;
    private Somebody member;
    private Somebody manager;
    private Somebody admin;
    private Somebody stranger;

    @BeforeAll
    void open() throws Exception {
        var address = TestDatabase.freshAddress();
        studio = Studio.open(SettingsReader.read(
                Map.of(
                        Setting.PORT, "0",
                        Setting.UDP_PORT, "0",
                        Setting.DATA, folder.resolve("data").toString(),
                        Setting.DATABASE_URL, address.url(),
                        Setting.DATABASE_USER, address.user()),
                Map.of(Setting.DATABASE_PASSWORD.variable(), address.password()),
                null,
                folder));
        var jdbi = Jdbi.create(address.url(), address.user(), address.password());
        people = new TestPeople(jdbi, InstantSource.system());
        UUID alpha = people.organisation(MARK);
        member = people.somebody(alpha, MARK + " member", Role.MEMBER);
        manager = people.somebody(alpha, MARK + " manager", Role.MANAGER);
        admin = people.somebody(alpha, MARK + " admin", Role.ADMIN);
        stranger = people.somebody(people.organisation("Beta"), "Stranger", Role.ADMIN);
        things(jdbi);
    }

    /** What the first organisation has; each id under the name that paths have for it. */
    private void things(Jdbi jdbi) throws Exception {
        JsonNode session = make("/sessions", "{\"title\":\"" + MARK + "\"}", admin.cookie());
        ids.put("session", session.path("id").asText());
        JsonNode key = make("/keys", "{\"name\":\"" + MARK + "\",\"scopes\":[\"sessions:read\"]}", admin.cookie());
        ids.put("key", key.path("id").asText());
        String tokens = "/sessions/" + ids.get("session") + "/tokens";
        String token = "{\"name\":\"" + MARK + "\",\"may\":[\"publish\"]}";
        ids.put("token", make(tokens, token, admin.cookie()).path("id").asText());
        ids.put("account", member.account().toString());
        var recordings = new RecordingStore(jdbi);
        UUID recording = UUID.randomUUID();
        UUID of = UUID.fromString(ids.get("session"));
        assertThat(recordings.create(recording, of, MARK, SessionMode.VIDEO, MARK, Instant.now()))
                .isTrue();
        recordings.recording(recording, Instant.now());
        recordings.stopping(recording, Instant.now(), null);
        recordings.processing(recording, 1_000);
        UUID rendition = new RenditionStore(jdbi)
                .create(
                        UUID.randomUUID(),
                        recording,
                        Rendition.Kind.COMPOSITE,
                        RenditionFormat.MP4,
                        null,
                        MARK + ".mp4",
                        Instant.now());
        ids.put("recording", recording.toString());
        ids.put("rendition", rendition.toString());
        String body = "{\"email\":\"new@example.org\",\"role\":\"member\"}";
        ids.put(
                "invitation",
                make("/members/invitations", body, admin.cookie()).path("id").asText());
    }

    private JsonNode make(String path, String body, String... headers) throws Exception {
        var answer = ask("POST", path, body, headers);
        assertThat(answer.statusCode()).as("POST %s", path).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    @AfterAll
    void close() {
        studio.close();
        client.close();
    }

    private HttpResponse<byte[]> ask(String method, String path, String body, String... headers) throws Exception {
        URI address = URI.create(studio.link().resolve(PREFIX) + path);
        var request = HttpRequest.newBuilder(address)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = client.send(request.build(), BodyHandlers.ofByteArray());
        String type = answer.headers().firstValue("Content-Type").orElse(null);
        Contract.check(method, path, body, answer.statusCode(), type, answer.body());
        return answer;
    }

    /** Asks a route as somebody; its ids are those of the first organisation, its body the document's example. */
    private HttpResponse<byte[]> ask(Served route, String... headers) throws Exception {
        return ask(route.method(), path(route), Described.body(route), headers);
    }

    private String path(Served route) {
        String path = route.path().substring(PREFIX.length());
        // Who sees a session comes into its room by its id, too.
        return Pattern.compile("\\{([a-z]+)}")
                .matcher(path.startsWith("/rooms/") ? path.replace("{invitation}", "{session}") : path)
                .replaceAll(name -> ids.getOrDefault(name.group(1), "nothing"));
    }

    private List<Served> routes() {
        return studio.served().stream()
                .filter(route -> route.path().startsWith(PREFIX))
                .toList();
    }

    private static Access access(Served route) {
        assertThat(route.roles()).as("%s %s", route.method(), route.path()).hasSize(1);
        return (Access) route.roles().iterator().next();
    }

    /** Those that need an account. */
    private List<Served> guarded() {
        return routes().stream().filter(route -> access(route).least() != null).toList();
    }

    private static String outcome(HttpResponse<byte[]> answer) throws Exception {
        String status = String.valueOf(answer.statusCode());
        boolean told = answer.statusCode() >= 400 && answer.body().length > 0;
        return told ? status + " " + JSON.readTree(answer.body()).path("id").asText() : status;
    }

    private void expect(Served route, Set<String> outcomes, String... headers) throws Exception {
        var answer = ask(route, headers);
        Set<String> allowed = new TreeSet<>(outcomes);
        if (route.method().equals("HEAD")) {
            outcomes.forEach(outcome -> allowed.add(outcome.substring(0, 3)));
        }
        assertThat(outcome(answer))
                .as("%s %s as %s", route.method(), route.path(), Arrays.toString(headers))
                .isIn(allowed);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .as("%s %s as %s", route.method(), route.path(), Arrays.toString(headers))
                .doesNotContain(MARK, ids.get("session"));
    }

    @Test
    void ORG_9_everyRouteIsDescribedWithWhatItAsksAndNoOtherIs() {
        var served = routes().stream()
                .map(route -> route.method() + " " + route.path().substring(PREFIX.length()) + ": "
                        + Described.words(access(route)))
                .collect(Collectors.toCollection(TreeSet::new));
        var described = OpenApi.read().operations().stream()
                .filter(operation -> !operation.node().has("x-websocket"))
                .map(operation -> operation.call() + ": " + operation.access())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).containsAll(served);
        // What hangs on a setting may be there or not.
        OpenApi.read().operations().stream()
                .filter(operation -> operation.node().has("x-by-setting"))
                .map(operation -> operation.call() + ": " + operation.access())
                .forEach(optional -> {
                    served.remove(optional);
                    described.remove(optional);
                });
        assertThat(served).isEqualTo(described);
    }

    @Test
    void ORG_9_withoutCredentialsNobodyGetsIn() throws Exception {
        for (Served route : guarded()) {
            expect(route, Set.of("401 not-signed-in"));
        }
    }

    @Test
    void ORG_9_forgedAndStaleOnesAreNoCredentials() throws Exception {
        String[] revoked = {"Authorization", "Bearer etk_" + "A".repeat(43)};
        String[] damaged = people.key(admin, Scope.values());
        damaged[1] = damaged[1].substring(0, damaged[1].length() - 1) + (damaged[1].endsWith("x") ? "y" : "x");
        String[] cookie = {"Cookie", "everytake=" + "A".repeat(43)};
        String[] otherName = {"Cookie", "__Host-everytake=" + admin.secret()};
        String[] basic = {"Authorization", "Basic YWRtaW46YWRtaW4="};
        String[] both = {"Cookie", admin.cookie()[1], "Authorization", revoked[1]};
        for (Served route : guarded()) {
            for (String[] headers : List.of(revoked, damaged, cookie, otherName, basic, both)) {
                expect(route, Set.of("401 not-signed-in"), headers);
            }
        }
    }

    @Test
    void ORG_9_aRevokedKeyAndABrowserThatWasSignedOutAreStale() throws Exception {
        Somebody leaving = people.somebody(stranger.organisation(), "Leaving", Role.MEMBER);
        JsonNode key = make("/keys", "{\"name\":\"old\",\"scopes\":[\"recordings:read\"]}", leaving.cookie());
        String[] shown = {"Authorization", "Bearer " + key.path("key").asText()};
        assertThat(ask("GET", "/recordings", "", shown).statusCode()).isEqualTo(200);
        assertThat(ask("DELETE", "/keys/" + key.path("id").asText(), "", leaving.cookie())
                        .statusCode())
                .isEqualTo(204);
        assertThat(outcome(ask("GET", "/recordings", "", shown))).isEqualTo("401 not-signed-in");
        ask("POST", "/sign-out", "{}", leaving.cookie());
        assertThat(outcome(ask("GET", "/recordings", "", leaving.cookie()))).isEqualTo("401 not-signed-in");
    }

    @Test
    void ORG_9_aKeyWithTooSmallAScopeIsRefused() throws Exception {
        Somebody operator = people.operator(stranger.organisation(), "Operator");
        for (Served route : guarded()) {
            Scope needed = access(route).scope();
            Scope[] others =
                    Stream.of(Scope.values()).filter(scope -> scope != needed).toArray(Scope[]::new);
            expect(route, Set.of("403 not-allowed"), people.key(operator, others));
        }
    }

    @Test
    void ORG_9_aRoleThatIsTooSmallIsRefused() throws Exception {
        Somebody small = people.somebody(stranger.organisation(), "Small", Role.MEMBER);
        Somebody middle = people.somebody(stranger.organisation(), "Middle", Role.MANAGER);
        for (Served route : guarded()) {
            Access access = access(route);
            if (access.least() != Role.MEMBER || access.operatorOnly()) {
                expect(route, Set.of("403 not-allowed"), small.cookie());
                expect(route, Set.of("403 not-allowed"), people.key(small, Scope.values()));
            }
            if (access.least() == Role.ADMIN || access.operatorOnly()) {
                expect(route, Set.of("403 not-allowed"), middle.cookie());
            }
            if (access.operatorOnly()) {
                expect(route, Set.of("403 not-allowed"), stranger.cookie());
            }
        }
    }

    @Test
    void ORG_9_everythingOfAnotherOrganisationIsNotThere() throws Exception {
        String[] key = people.key(stranger, Scope.values());
        for (Served route : routes()) {
            if (!route.path().contains("{")) {
                continue;
            }
            Access access = access(route);
            // Where only a token of the session lets in, neither cookie nor key is even looked at.
            Set<String> outcomes = Described.byTokenAlone(route)
                    ? Set.of("401 wrong-token")
                    : Described.of(route).errors().stream()
                            .filter(id -> id.startsWith("no-such-"))
                            .map(id -> "404 " + id)
                            .collect(Collectors.toSet());
            if (route.method().equals("OPTIONS")) {
                continue;
            }
            assertThat(outcomes).as(route.path()).isNotEmpty();
            if (access.operatorOnly()) {
                expect(route, Set.of("403 not-allowed"), stranger.cookie());
                continue;
            }
            expect(route, outcomes, stranger.cookie());
            boolean inPerson = access.least() != null && access.scope() == null;
            expect(route, inPerson ? Set.of("403 not-allowed") : outcomes, key);
        }
    }

    @Test
    void ORG_9_theRoomOfAnotherOrganisationOpensToNobody() throws Exception {
        assertThat(OpenApi.read().operations())
                .filteredOn(operation -> operation.node().has("x-websocket"))
                .extracting(Operation::path)
                .containsExactly("/rooms/{invitation}/socket");
        String room = "/rooms/" + ids.get("session") + "/socket";
        String[] forged = {"Cookie", "everytake=" + "A".repeat(43)};
        for (String[] headers : List.of(
                stranger.cookie(), people.key(stranger, Scope.values()), new String[0], forged, member.cookie())) {
            assertThat(FirstWords.of(client, socket(room), headers))
                    .as(Arrays.toString(headers))
                    .isEqualTo("close 4404");
        }
        assertThat(FirstWords.of(client, socket(room), admin.cookie()))
                .contains("\"type\":\"joined\"", "\"role\":\"host\"");
        // Whoever has the invitation is a guest, wherever they come from.
        String invitation = JSON.readTree(ask("GET", "/sessions/" + ids.get("session"), "", admin.cookie())
                        .body())
                .path("invitation")
                .asText();
        assertThat(FirstWords.of(
                        client, socket("/rooms/" + invitation + "/socket"), people.key(stranger, Scope.values())))
                .contains("\"type\":\"joined\"", "\"role\":\"attendee\"");
    }

    private URI socket(String path) {
        return URI.create(studio.link().resolve(PREFIX).toString().replaceFirst("^http", "ws") + path);
    }

    @Test
    void ORG_9_noListHasAnythingOfAnotherOrganisation() throws Exception {
        String[] key = people.key(stranger, Scope.values());
        for (Served route : routes()) {
            if (route.path().contains("{")
                    || !route.method().equals("GET")
                    || access(route).operatorOnly()) {
                continue;
            }
            for (String[] headers : List.of(stranger.cookie(), key)) {
                String body = new String(ask(route, headers).body(), StandardCharsets.UTF_8);
                assertThat(body).as(route.path()).doesNotContain(MARK);
                ids.values().forEach(id -> assertThat(body).as(route.path()).doesNotContain(id));
            }
        }
    }

    /** Too long and what turns the direction of text is refused; markup is a text like another, and stays one. */
    @Test
    void ORG_9_everyTextFieldRefusesWhatIsTooLongAndKeepsMarkupAsText() throws Exception {
        Somebody somebody = people.operator(admin.organisation(), "Writer");
        String markup = "<img src=x onerror=alert(1)>";
        for (Served route : routes()) {
            JsonNode schema = Described.of(route).node().at("/requestBody/content/application~1json/schema");
            for (var field : OpenApi.read().resolve(schema).path("properties").properties()) {
                String kind = OpenApi.read().resolve(field.getValue()).toString();
                if (!kind.contains("string") && !kind.contains("enum") && !kind.contains("$ref")) {
                    continue;
                }
                // A password may have any character, and is shown to nobody; its length has tests of its own.
                boolean secret =
                        field.getKey().toLowerCase(java.util.Locale.ROOT).contains("password");
                // What is only tried, or sealed, is not told again.
                boolean told = !secret
                        && !field.getKey().equals("secretKey")
                        && !route.path().endsWith("/store/test");
                ObjectNode body = (ObjectNode) JSON.readTree(Described.body(route));
                List<String> bad = secret ? List.of() : List.of("a".repeat(10_000), "a\u202eb", "a\u0000b");
                for (String text : bad) {
                    body.put(field.getKey(), text);
                    assertThat(ask(route.method(), path(route), body.toString(), somebody.cookie())
                                    .statusCode())
                            .as("%s of %s", field.getKey(), route.path())
                            .isBetween(400, 499);
                }
                body.put(field.getKey(), markup);
                var answer = ask(route.method(), path(route), body.toString(), somebody.cookie());
                assertThat(answer.statusCode())
                        .as("%s of %s", field.getKey(), route.path())
                        .isLessThan(500);
                if (answer.statusCode() < 300 && told) {
                    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                            .as("%s of %s", field.getKey(), route.path())
                            .contains(markup);
                }
            }
        }
    }
}
