package org.everytake.studio.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.Sql;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.ShownOnce;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Callers;
import org.everytake.studio.people.Gate;
import org.everytake.studio.people.Scope;
import org.everytake.studio.people.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyKeysTest {
    private static final URI PUBLIC = URI.create("https://studio.example.org");
    private static final String ANNA = "etk_anna";
    private static final String BEA = "etk_bea";

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Database database;
    private final KeptAnswers answers;
    private final HttpServer server;
    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

    private record Thing(String name) {}

    private record Made(int number, String name) {}

    IdempotencyKeysTest() throws Exception {
        database = TestDatabase.fresh();
        answers = new KeptAnswers(database.jdbi(), () -> now);
        account(ANNA);
        account(BEA);
        server = HttpServer.start(
                "127.0.0.1",
                0,
                PUBLIC,
                List.of(new Gate(new Callers(database.jdbi(), () -> now)), new IdempotencyKeys(answers), this::routes),
                List.of());
    }

    private void account(String key) {
        UUID account = UUID.randomUUID();
        database.jdbi().useHandle(handle -> {
            handle.createUpdate("insert into accounts (id, email, name, created_at) values (:id, :email, :email, :now)")
                    .bind("id", account)
                    .bind("email", key + "@example.org")
                    .bind("now", Sql.time(now))
                    .execute();
            handle.createUpdate("""
                            insert into memberships (organisation, account, role, created_at)
                            values (:organisation, :account, 'member', :now)
                            """)
                    .bind("organisation", LibraryStage.ORGANISATION)
                    .bind("account", account)
                    .bind("now", Sql.time(now))
                    .execute();
            handle.createUpdate("""
                            insert into api_keys (id, hash, organisation, account, name, hint, scopes, created_at)
                            values (:id, :hash, :organisation, :account, 'test', 'test', '{sessions:write}', :now)
                            """)
                    .bind("id", UUID.randomUUID())
                    .bind("hash", Secret.hash(key).bytes())
                    .bind("organisation", LibraryStage.ORGANISATION)
                    .bind("account", account)
                    .bind("now", Sql.time(now))
                    .execute();
        });
    }

    private void routes(RoutesConfig routes) {
        Access access = Access.member(Scope.SESSIONS_WRITE);
        routes.post("/api/v1/things", this::make, access);
        routes.post(
                "/api/v1/secrets",
                context -> {
                    ShownOnce.mark(context, "id-" + made.incrementAndGet());
                    context.status(201).json(new Thing("very-secret"));
                },
                access);
        routes.post(
                "/api/v1/slow",
                context -> {
                    begun.countDown();
                    assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
                    make(context);
                },
                access);
        routes.post(
                "/api/v1/bug",
                context -> {
                    made.incrementAndGet();
                    throw new IllegalStateException("a bug");
                },
                access);
    }

    private void make(Context context) {
        String name = Json.body(context, Thing.class).name();
        int number = made.incrementAndGet();
        if (name.equals("nobody")) {
            throw new Refused(ErrorId.NO_SUCH_SESSION, "Nobody, " + number + ".");
        }
        context.status(201).header("Location", "/api/v1/things/" + number).header("ETag", "\"1\"");
        context.json(new Made(number, name));
    }

    @AfterAll
    void close() {
        client.close();
        server.close();
        database.close();
    }

    private HttpRequest request(String path, String who, String key, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/" + path))
                .POST(BodyPublishers.ofString(body))
                .headers("Authorization", "Bearer " + who, "Idempotency-Key", key)
                .build();
    }

    private HttpResponse<String> post(String path, String who, String key, String body) throws Exception {
        return client.send(request(path, who, key, body), BodyHandlers.ofString());
    }

    private static String thing(String name) {
        return "{\"name\":\"" + name + "\"}";
    }

    @Test
    void ORG_9_theSameRequestIsDoneOnceAndAnsweredTwice() throws Exception {
        var first = post("things", ANNA, "same", thing("a"));
        var second = post("things", ANNA, "same", thing("a"));
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body()).isNotEmpty();
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(second.headers().firstValue(header))
                    .isPresent()
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(post("things", BEA, "same", thing("a")).body()).isNotEqualTo(first.body());
        assertThat(post("things", ANNA, "other", thing("a")).body()).isNotEqualTo(first.body());
    }

    @Test
    void ORG_9_aRefusalIsGivenAgainToo() throws Exception {
        var first = post("things", ANNA, "refused", thing("nobody"));
        assertThat(first.statusCode()).isEqualTo(404);
        var second = post("things", ANNA, "refused", thing("nobody"));
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.body()).isEqualTo(first.body()).contains("no-such-session");
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
    }

    @Test
    void ORG_9_aKeyIsForOneRequest() throws Exception {
        post("things", ANNA, "one", thing("a"));
        assertThat(post("things", ANNA, "one", thing("b")).body()).contains("\"id\":\"key-used-differently\"");
        assertThat(post("things?x=1", ANNA, "one", thing("a")).statusCode()).isEqualTo(422);
        assertThat(post("secrets", ANNA, "one", thing("a")).statusCode()).isEqualTo(422);
    }

    @Test
    void ORG_9_aKeyIsPrintableAndNotTooLong() throws Exception {
        assertThat(post("things", ANNA, "k".repeat(256), thing("a")).statusCode())
                .isEqualTo(400);
        assertThat(post("things", ANNA, "k".repeat(255), thing("a")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void ORG_9_ofTwoAtOnceOneRuns() throws Exception {
        var first = client.sendAsync(request("slow", ANNA, "slow", thing("a")), BodyHandlers.ofString());
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        var second = post("slow", ANNA, "slow", thing("a"));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("\"id\":\"still-running\"");
        goOn.countDown();
        String made = first.get(30, TimeUnit.SECONDS).body();
        assertThat(post("slow", ANNA, "slow", thing("a")).body()).isEqualTo(made);
    }

    @Test
    void ORG_9_aBugIsNotKept() throws Exception {
        int before = made.get();
        assertThat(post("bug", ANNA, "bug", "").statusCode()).isEqualTo(500);
        assertThat(post("bug", ANNA, "bug", "").statusCode()).isEqualTo(500);
        assertThat(made.get()).isEqualTo(before + 2);
    }

    @Test
    void ORG_9_aSecretThatIsShownOnceIsNotKept() throws Exception {
        var first = post("secrets", ANNA, "secret", "");
        assertThat(first.body()).contains("very-secret");
        var second = post("secrets", ANNA, "secret", "");
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("\"id\":\"already-made\"", "id-").doesNotContain("very-secret");
        boolean kept = database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("""
                                select exists (select 1 from idempotency_keys
                                    where encode(body, 'escape') like '%very-secret%')
                                """).mapTo(Boolean.class).one());
        assertThat(kept).isFalse();
    }

    @Test
    void afterADayAKeyIsNewAndWhatWasKeptIsErased() throws Exception {
        String first = post("things", ANNA, "old", thing("a")).body();
        now = now.plus(KeptAnswers.KEPT).minusSeconds(1);
        assertThat(post("things", ANNA, "old", thing("a")).body()).isEqualTo(first);
        now = now.plusSeconds(2);
        assertThat(post("things", ANNA, "old", thing("b")).statusCode()).isEqualTo(201);
        answers.erase();
        int left = database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from idempotency_keys")
                        .mapTo(Integer.class)
                        .one());
        assertThat(left).isEqualTo(1);
    }

    @Test
    void whatAnEndOfTheServerCutOffCanBeTriedAgain() {
        UUID account = database.jdbi()
                .withHandle(handle -> handle.createQuery("select id from accounts limit 1")
                        .mapTo(UUID.class)
                        .one());
        byte[] request = {1};
        assertThat(answers.claim(account, "cut-off", request)).isInstanceOf(Finding.Claimed.class);
        assertThat(answers.claim(account, "cut-off", request)).isInstanceOf(Finding.Running.class);
        now = now.plus(KeptAnswers.LONGEST_RUN).plusSeconds(1);
        assertThat(answers.claim(account, "cut-off", new byte[] {2})).isInstanceOf(Finding.Different.class);
        assertThat(answers.claim(account, "cut-off", request)).isInstanceOf(Finding.Claimed.class);
    }
}
