package org.everytake.studio.library;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.everytake.studio.contract.Contract;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.delivery.CompanionResource;
import org.everytake.studio.delivery.FilmResource;
import org.everytake.studio.delivery.RenditionResource;
import org.everytake.studio.delivery.ThumbnailResource;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.layouts.LayoutsResource;
import org.everytake.studio.library.retention.StorageResource;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople;
import org.everytake.studio.record.SpoolNews;
import org.everytake.studio.storage.StoreResource;
import org.everytake.studio.storage.Stores;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.FolderStore;
import org.everytake.vault.Keys;
import org.everytake.vault.Vault;
import org.jspecify.annotations.Nullable;

/** The library behind a real server, with a real database, vault and keys; nobody records and nothing is rendered. */
public final class LibraryStage implements AutoCloseable {
    public static final String WORK = "render.test";
    public static final UUID ORGANISATION = UUID.fromString("00000000-0000-7000-8000-000000000001");

    public final Database database;
    public final SessionStore sessions;
    public final RecordingStore recordings;
    public final TakeStore takes;
    public final SegmentStore segments;
    public final RenditionStore renditions;
    public final JobQueue jobs;
    public final Vault vault;
    public final Keys keys;
    public final Stores stores;
    public final VaultShelf shelf;

    /** The recordings whose missing files were asked for. */
    public final List<Recording> missing = new CopyOnWriteArrayList<>();

    public final Ids ids;
    public final Spool spool;
    public final Live live = new Live();

    /** Who makes sessions and asks, where a test does not say who. */
    public final TestPeople.Somebody host;

    public final TestPeople people;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

    public LibraryStage(Path folder) throws Exception {
        database = TestDatabase.fresh();
        var jdbi = database.jdbi();
        var random = new SecureRandom();
        sessions = new SessionStore(jdbi);
        recordings = new RecordingStore(jdbi);
        takes = new TakeStore(jdbi);
        segments = new SegmentStore(jdbi);
        renditions = new RenditionStore(jdbi);
        jobs = new JobQueue(jdbi, this::now);
        vault = new Vault(FolderStore.open(folder.resolve("vault")));
        keys = Keys.open(folder.resolve("keys"), folder.resolve("master.key"), random);
        stores = new Stores(jdbi, vault, keys, this::now, random, true);
        shelf = new VaultShelf(stores, keys);
        ids = new Ids(random, this::now);
        spool = Spool.open(folder.resolve("spool"), SpoolOptions.standard().withReserveBytes(0), new SpoolNews());
        people = new TestPeople(jdbi, this::now);
        host = people.somebody(ORGANISATION, "Anna", Role.MEMBER);
        server = HttpServer.start(
                "127.0.0.1",
                0,
                URI.create("https://studio.example.org"),
                List.of(
                        people.gate(),
                        new SessionsResource(jdbi, live, people.audit(), ids, this::now, TestPeople.ADDRESS),
                        new RoomsResource(jdbi, live),
                        new StartStopResource(jdbi, new NobodyRecords(), people.audit()),
                        new RecordingsResource(jdbi, maker(), people.audit(), this::now),
                        new RenditionsResource(jdbi, maker(), people.audit(), ids::next, this::now),
                        new LayoutsResource(jdbi, people.audit(), ids::next, this::now),
                        new StorageResource(jdbi, people.audit(), this::now),
                        new StoreResource(
                                jdbi, stores, segments::backlogOfStores, people.audit(), ids::next, this::now),
                        new RenditionResource(jdbi, stores, shelf::renditionSealing),
                        new FilmResource(jdbi, stores, shelf::renditionSealing, missing::add, this::now),
                        new FilmingResource(jdbi, people.audit()),
                        new ThumbnailResource(jdbi, stores, shelf::renditionSealing),
                        new CompanionResource(jdbi, stores, shelf::renditionSealing)),
                List.of());
    }

    private RenditionMaker maker() {
        return new RenditionMaker() {
            @Override
            public void make(UUID rendition) {
                jobs.enqueue(WORK, rendition.toString());
            }

            @Override
            public void cancel(UUID rendition) {
                jobs.cancel(WORK, rendition.toString());
            }
        };
    }

    /** Gives a recording a tape on the spool, with its segments in the ledger, and returns their names. */
    public List<String> tape(UUID recording) throws Exception {
        var started = new Event.RecordingStarted(recording.toString(), "session", "Talk", now, Snapshot.EMPTY);
        spool.create(shelf.create(recording), started)
                .finish(1_000_000, "stopped")
                .get(60, TimeUnit.SECONDS);
        List<SealedSegment> sealed = spool.segments(recording.toString());
        sealed.forEach(segment -> segments.sealed(recording, segment.name(), segment.sizeBytes(), now));
        return sealed.stream().map(SealedSegment::name).toList();
    }

    private record NobodyRecords() implements RecordingControl {
        @Override
        public String host(UUID session, String pass) {
            throw new Refused(ErrorId.NO_PASS, "Nobody is there.");
        }

        @Override
        public Recording start(Session session, String by, @Nullable String title) {
            throw new Refused(ErrorId.NOBODY_THERE, "Nobody is there.");
        }

        @Override
        public Recording stop(UUID recording, String by) {
            throw new IllegalStateException("nobody records");
        }
    }

    /** Who is in which room; what a test puts there. */
    public static final class Live implements LivePeople {
        private final Map<UUID, Integer> people = new ConcurrentHashMap<>();

        public void put(UUID session, int number) {
            people.put(session, number);
        }

        @Override
        public int count(UUID session) {
            return people.getOrDefault(session, 0);
        }

        @Override
        public Set<UUID> sessions() {
            return people.keySet();
        }

        @Override
        public int most() {
            return 20;
        }
    }

    public Instant now() {
        return now;
    }

    public void passes(Duration time) {
        now = now.plus(time);
    }

    /** A session of the host, to which nobody is invited. */
    public UUID session(String title) {
        passes(Duration.ofSeconds(1));
        var settings = new SessionStore.Settings(title, null, null, SessionMode.VIDEO, 720);
        Session session = sessions.create(ids.next(), ORGANISATION, host.account(), ids.invitation(), settings, now);
        people(session.id(), Map.of(host.email(), SessionRole.HOST));
        return session.id();
    }

    public void people(UUID session, Map<String, SessionRole> people) {
        new SessionPeople(database.jdbi()).set(sessions.find(session).orElseThrow(), people);
    }

    /** A recording that runs. */
    public UUID live(UUID session, String title) {
        passes(Duration.ofSeconds(1));
        UUID id = ids.next();
        if (!recordings.create(id, session, title, SessionMode.VIDEO, "Anna", now)) {
            throw new IllegalStateException("another one runs");
        }
        recordings.recording(id, now);
        return id;
    }

    /** A recording whose tape is whole, with its people, and without renditions. */
    public UUID processing(UUID session, String title, String... people) {
        UUID id = live(session, title);
        for (String person : people) {
            takes.person(id, person.toLowerCase(java.util.Locale.ROOT), person);
        }
        recordings.stopping(id, now.plusSeconds(61), null);
        recordings.processing(id, 61_000);
        return id;
    }

    public UUID rendition(UUID recording, Rendition.Kind kind, @Nullable String person, String name) {
        return renditions.create(ids.next(), recording, kind, kind.format(), person, name, now);
    }

    /** Its file, of these bytes, is in the vault. */
    public void made(UUID recording, UUID rendition, byte[] bytes) throws Exception {
        String object = VaultShelf.renditionObject(recording, rendition);
        renditions.rendering(rendition);
        shelf.putRendition(recording, object, out -> out.write(bytes));
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        renditions.ready(
                rendition,
                new Rendition.Made(object, bytes.length, 61_000, sha256, List.of(), "Everytake of a test"),
                now);
    }

    /** The renditions that are asked for. */
    public List<String> waiting() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select task_instance from scheduled_tasks where task_name = :kind order by 1")
                        .bind("kind", WORK)
                        .mapTo(String.class)
                        .list());
    }

    /**
     * Asks as the host, unless the headers say who it is.
     *
     * @param path after {@code /api/v1}
     */
    public HttpResponse<byte[]> ask(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!List.of(headers).contains("Cookie") && !List.of(headers).contains("Authorization")) {
            request.headers(host.cookie());
        }
        var answer = client.send(request.build(), BodyHandlers.ofByteArray());
        String type = answer.headers().firstValue("Content-Type").orElse(null);
        Contract.check(method, path, body, answer.statusCode(), type, answer.body());
        return answer;
    }

    public HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return ask("GET", path, null, headers);
    }

    public static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    /** The status and, of a problem, its id. */
    public static String outcome(HttpResponse<byte[]> answer) throws IOException {
        return answer.statusCode() < 400
                ? String.valueOf(answer.statusCode())
                : answer.statusCode() + " " + json(answer).path("id").asText();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        stores.close();
        spool.close();
        database.close();
    }
}
