package org.everytake.studio.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.everytake.call.CallCounters.Counter;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.studio.config.DataFolder;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Listening;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.jobs.JobFailures;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.everytake.studio.signal.Rooms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health page and the figures over real HTTP, of a real database, a real socket and real folders. */
class OperationsTest {
    private static final Instant UP_SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final String TOKEN = "a-token-of-the-settings";
    private static final Pattern LINE = Pattern.compile(
            "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\"(,[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\")*})?"
                    + " (NaN|[+-]Inf|-?[0-9.]+([eE]-?[0-9]+)?)");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JobFailures failures = new JobFailures();
    private volatile Optional<Caller> caller = Optional.empty();
    private DataFolder data;
    private Database database;
    private CallServer call;
    private Metrics metrics;
    private HttpServer server;

    @BeforeEach
    void open() throws Exception {
        data = DataFolder.open(folder.resolve("data"));
        database = TestDatabase.fresh();
        call = CallServer.open(CallOptions.of(new InetSocketAddress("127.0.0.1", 0)));
        var clock = InstantSource.system();
        var reader = new VitalsReader(new VitalsReader.Body(
                data,
                5_000_000,
                database,
                true,
                call,
                () -> new Rooms.Population(2, 5),
                () -> 1,
                () -> 0,
                new JobQueue(database.jdbi(), clock),
                failures,
                clock,
                System::nanoTime));
        metrics = new Metrics(reader, "1.2.3");
        server = HttpServer.start(
                Listening.plain("127.0.0.1", 0, URI.create("http://127.0.0.1")),
                RateLimits.none(),
                List.of(
                        new HealthResource(reader, "1.2.3", UP_SINCE),
                        new MetricsResource(metrics, Optional.of(TOKEN), request -> caller)),
                List.of(),
                metrics);
    }

    @AfterEach
    void close() {
        server.close();
        metrics.close();
        call.close();
        database.close();
        data.close();
        client.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode health() throws IOException, InterruptedException {
        return Json.mapper().readTree(get("/api/v1/health").body());
    }

    private String scrape() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/metrics", "Authorization", "Bearer " + TOKEN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        return answer.body();
    }

    private String scrapeUntil(String... contained) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            String text = scrape();
            if (Stream.of(contained).allMatch(text::contains) || System.nanoTime() > deadline) {
                return text;
            }
        }
    }

    private static Optional<Caller> someone(boolean operator, Caller.Means means) {
        return Optional.of(new Caller(
                UUID.randomUUID(), "Olga", "olga@example.org", UUID.randomUUID(), Role.ADMIN, operator, means));
    }

    private void segmentOfTape(int ageSeconds) {
        UUID recording = UUID.randomUUID();
        database.jdbi().useHandle(handle -> {
            handle.execute("""
                    insert into recordings (id, organisation, session, title, title_key, search, state, created_at)
                    select ?, organisation, id, 'R', 'r', '', 'ready', now() from sessions limit 1
                    """, recording);
            handle.execute(
                    "insert into segments (recording, name, size_bytes, sealed_at)"
                            + " values (?, 's', 1234, now() - make_interval(secs => ?))",
                    recording,
                    ageSeconds);
        });
    }

    private void session() {
        database.jdbi().useHandle(handle -> handle.execute("""
                insert into sessions (id, organisation, title, title_key, search, created_at)
                select gen_random_uuid(), id, 'S', 's', '', now() from organisations limit 1
                """));
    }

    @Test
    void healthSaysWhatIsMeasured() throws Exception {
        Files.writeString(Files.createDirectories(data.spool().resolve("r")).resolve("segment"), "0123456789");
        session();
        segmentOfTape(1000);

        JsonNode health = health();

        assertThat(health.path("version").asText()).isEqualTo("1.2.3");
        assertThat(health.path("upSince").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(health.path("rooms").path("rooms").asInt()).isEqualTo(2);
        assertThat(health.path("rooms").path("people").asInt()).isEqualTo(5);
        assertThat(health.path("rooms").path("recordings").asInt()).isEqualTo(1);
        assertThat(health.path("spool").path("sizeBytes").asLong()).isEqualTo(10);
        JsonNode backlog = health.path("backlog");
        assertThat(backlog.path("segments").asInt()).isEqualTo(1);
        assertThat(backlog.path("sizeBytes").asLong()).isEqualTo(1234);
        assertThat(backlog.path("oldestMillis").asLong()).isGreaterThanOrEqualTo(999_000);
        assertThat(backlog.path("state").asText()).isEqualTo("warning");
        assertThat(backlog.path("reason").asText()).isEqualTo("backlog-old");
        JsonNode disk = health.path("disks").path(0);
        assertThat(disk.path("totalBytes").asLong()).isPositive();
        assertThat(disk.path("reserveBytes").asLong()).isEqualTo(5_000_000);
        assertThat(disk.has("fullInMillis")).isTrue();
        assertThat(disk.path("holds")).extracting(JsonNode::asText).contains("spool", "vault");
        assertThat(health.path("network").path("port").asInt())
                .isEqualTo(call.localAddress().getPort());
        assertThat(health.path("network").path("ports")).hasSameSizeAs(call.localAddresses());
        assertThat(health.path("database").path("answerMillis").isIntegralNumber())
                .isTrue();
        assertThat(health.path("database").path("mostConnections").asInt()).isEqualTo(4);
        assertThat(health.path("clock").path("state").asText()).isEqualTo("ok");
        for (String part : List.of("rooms", "spool", "backlog", "network", "jobs", "database", "clock")) {
            assertThat(health.path(part).path("sentence").asText()).as(part).endsWith(".");
        }
    }

    @Test
    void aRecordingThatLiesInTheFutureIsAWarningOfTheClock() throws Exception {
        session();
        segmentOfTape(0);
        database.jdbi()
                .useHandle(handle -> handle.execute("update recordings set created_at = now() + interval '1 day'"));

        JsonNode clock = health().path("clock");

        assertThat(clock.path("state").asText()).isEqualTo("warning");
        assertThat(clock.path("reason").asText()).isEqualTo("clock-went-back");
    }

    @Test
    void withoutItsDatabaseTheRestIsTold() throws Exception {
        database.close();

        JsonNode health = health();

        assertThat(health.path("state").asText()).isEqualTo("bad");
        assertThat(health.path("database").path("reason").asText()).isEqualTo("database-away");
        assertThat(health.path("backlog").path("reason").asText()).isEqualTo("cannot-tell");
        assertThat(health.path("backlog").path("segments").isNull()).isTrue();
        assertThat(health.path("rooms").path("people").asInt()).isEqualTo(5);
        assertThat(scrape()).contains("everytake_health{part=\"database\"} 2.0", "everytake_backlog_segments NaN");
    }

    @Test
    void theFiguresAreInPrometheusTextFormat() throws Exception {
        call.counters().add(Counter.RTP_RECEIVED, 7);
        call.counters().add(Counter.SRTP_REPLAYED, 3);
        get("/api/v1/health");
        get("/nothing/here");

        // A request is counted once it is answered, which may be after whoever asked has read the answer.
        String text = scrapeUntil("route=\"/api/v1/health\"", "route=\"other\"");

        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allMatch(line -> LINE.matcher(line).matches());
        assertThat(text)
                .contains(
                        "everytake_info{version=\"1.2.3\"} 1",
                        "everytake_rooms 2.0",
                        "everytake_people 5.0",
                        "everytake_recordings_running 1.0",
                        "everytake_spool_bytes 0.0",
                        "everytake_backlog_bytes 0.0",
                        "everytake_backlog_oldest_seconds 0.0",
                        "everytake_call_rtp_received_total 7.0",
                        "everytake_call_troubles_total{reason=\"srtp-replayed\"} 3.0",
                        "# TYPE everytake_call_delay_seconds histogram",
                        "everytake_call_delay_seconds_bucket{le=\"0.001\"} 0",
                        "everytake_call_delay_seconds_bucket{le=\"+Inf\"} 0",
                        "everytake_call_delay_seconds_count 0",
                        "everytake_call_delay_seconds_sum 0.0",
                        "everytake_jobs{state=\"queued\"} 0.0",
                        "everytake_jobs_given_up_total 0.0",
                        "everytake_udp_dropped_datagrams_total",
                        "everytake_udp_machine_buffer_errors_total",
                        "everytake_disk_free_bytes{path=",
                        "everytake_disk_size_bytes{path=",
                        "everytake_disk_reserve_bytes{path=",
                        "everytake_database_connections_max 4.0",
                        "everytake_health{part=\"database\"} 0.0",
                        "jvm_memory_used_bytes{",
                        "jvm_threads_live_threads",
                        "process_uptime_seconds",
                        "http_server_requests_seconds_count{method=\"GET\",route=\"/api/v1/health\",status=\"200\"} 1")
                .contains(
                        "http_server_requests_seconds_bucket{method=\"GET\",route=\"/api/v1/health\",status=\"200\",le=\"0.1\"}")
                // Addresses that nobody made a route for are one, or whoever asks could make up time series.
                .contains("route=\"other\",status=\"")
                .doesNotContain("/nothing");
    }

    @Test
    void figuresAreForTheTokenAndForOperators() throws Exception {
        assertThat(get("/metrics").statusCode()).isEqualTo(401);
        assertThat(get("/metrics", "Authorization", "Bearer another").statusCode())
                .isEqualTo(401);
        caller = someone(false, new Caller.Key(UUID.randomUUID(), "k", Set.of(Scope.ORGANISATION_READ)));
        assertThat(get("/metrics").statusCode()).isEqualTo(403);
        caller = someone(true, new Caller.Key(UUID.randomUUID(), "k", Set.of(Scope.RECORDINGS_READ)));
        assertThat(get("/metrics").statusCode()).isEqualTo(403);
        caller = someone(true, new Caller.Key(UUID.randomUUID(), "k", Set.of(Scope.ORGANISATION_READ)));
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        caller = Optional.empty();
        assertThat(get("/metrics", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
    }
}
