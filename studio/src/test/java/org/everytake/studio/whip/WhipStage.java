package org.everytake.studio.whip;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.everytake.call.CallOptions;
import org.everytake.call.CallServer;
import org.everytake.call.Kind;
import org.everytake.call.PersonState;
import org.everytake.call.Room;
import org.everytake.call.Sink;
import org.everytake.call.Stream;
import org.everytake.call.Track;
import org.everytake.peer.Peer;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.net.SocketNetwork;
import org.everytake.studio.config.Settings;
import org.everytake.studio.contract.Contract;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.everytake.studio.http.HttpServer;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Listening;
import org.everytake.studio.http.limit.RateLimits;
import org.everytake.studio.library.Ids;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.SessionsResource;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople;
import org.everytake.studio.people.TestPeople.Somebody;
import org.everytake.studio.signal.Await;
import org.everytake.studio.signal.IceServers;
import org.everytake.studio.signal.Passes;
import org.everytake.studio.signal.Rooms;
import org.everytake.studio.signal.SignalOptions;
import org.everytake.wire.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/** Rooms of a real call behind a real server, with what encoders and players call. The people's clock is stepped. */
final class WhipStage implements AutoCloseable {
    static final String SDP = "application/sdp";

    final TestPeople people;
    final Somebody host;
    final Rooms rooms;
    final CallServer call;

    private final Map<UUID, Ears> ears = new ConcurrentHashMap<>();
    private final Database database;
    private final Connections connections;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Peer> peers = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");

    WhipStage() throws Exception {
        this(CallOptions.of(new InetSocketAddress("127.0.0.1", 0)), IceServers.NONE, new Settings.Limits(0, 0, 0));
    }

    WhipStage(CallOptions options, IceServers iceServers, Settings.Limits most) throws Exception {
        database = TestDatabase.fresh();
        var jdbi = database.jdbi();
        var random = new SecureRandom();
        var ids = new Ids(random, this::now);
        people = new TestPeople(jdbi, this::now);
        host = people.somebody(LibraryStage.ORGANISATION, "Anna", Role.MEMBER);
        call = CallServer.open(options);
        rooms = new Rooms(
                SignalOptions.standard().withIceServers(iceServers),
                call::room,
                session -> null,
                () -> ids.next().toString(),
                new Passes(new byte[32], this::now),
                System::nanoTime,
                executor);
        connections = new Connections(rooms, ids::next, this::now);
        var limits = new RateLimits(most, () -> 0);
        server = HttpServer.start(
                Listening.plain("127.0.0.1", 0, TestPeople.ADDRESS),
                limits,
                List.of(
                        people.gate(),
                        new SessionsResource(
                                jdbi, new LibraryStage.Live(), people.audit(), ids, this::now, TestPeople.ADDRESS),
                        new TokensResource(jdbi, random, connections, people.audit(), ids::next, this::now),
                        new ConnectionResource(jdbi, connections, rooms, limits, this::now)),
                List.of());
    }

    Instant now() {
        return now;
    }

    /** Also what is done each second. */
    void passes(Duration time) {
        now = now.plus(time);
        connections.tick();
    }

    /** Asks as nobody, unless the headers say who it is; each answer is held to docs/openapi.yaml. */
    HttpResponse<String> ask(String method, String path, @Nullable String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = client.send(request.build(), BodyHandlers.ofString());
        Contract.check(
                method,
                path,
                path.startsWith("/sessions") ? body : null,
                answer.statusCode(),
                answer.headers().firstValue("Content-Type").orElse(null),
                answer.body().getBytes(StandardCharsets.UTF_8));
        return answer;
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }

    /** The status and, of a problem, its id. */
    static String outcome(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() < 400
                ? String.valueOf(answer.statusCode())
                : answer.statusCode() + " " + json(answer).path("id").asText();
    }

    /** A session of the host; what happens in its room is written into its diary. */
    UUID session(String mode) throws Exception {
        var made = ask("POST", "/sessions", "{\"title\":\"Show\",\"mode\":\"" + mode + "\"}", host.cookie());
        UUID id = UUID.fromString(json(made).path("id").asText());
        var listening = new Ears();
        ears.put(id, listening);
        room(id).add(listening).get(60, TimeUnit.SECONDS);
        return id;
    }

    Room room(UUID session) {
        return call.room(session.toString());
    }

    List<PersonState> inside(UUID session) throws Exception {
        return room(session).people().get(60, TimeUnit.SECONDS);
    }

    /** A token's answer, with the secret. */
    JsonNode make(UUID session, String name, String... may) throws Exception {
        var body = Json.mapper().createObjectNode().put("name", name);
        List.of(may).forEach(body.putArray("may")::add);
        return json(ask("POST", "/sessions/" + session + "/tokens", body.toString(), host.cookie()));
    }

    String token(UUID session, String name, String... may) throws Exception {
        return make(session, name, may).path("token").asText();
    }

    static String[] bearer(String token, String... more) {
        List<String> all = new ArrayList<>(List.of("Authorization", "Bearer " + token));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    HttpResponse<String> post(String path, String token, String sdp) throws Exception {
        return ask("POST", path, sdp, bearer(token, "Content-Type", SDP));
    }

    Peer peer(String name) {
        Peer peer = Peer.open(new SocketNetwork(), PeerOptions.of(name, name.hashCode()));
        peers.add(peer);
        return peer;
    }

    /** Publishes, and returns what stands behind {@code /api/v1} in the Location once sound and picture are heard. */
    String publish(Peer peer, UUID session, String token) throws Exception {
        var answer = post("/whip", token, peer.offer(clip()));
        if (answer.statusCode() != 201) {
            throw new AssertionError(outcome(answer));
        }
        peer.answered(answer.body());
        peer.publishing().get(60, TimeUnit.SECONDS);
        Await.until("both are heard", () -> ears(session).heard.containsAll(Set.of(Kind.MICROPHONE, Kind.CAMERA)));
        return location(answer);
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow().substring("/api/v1".length());
    }

    /** A second of key frames that show nothing, and of silence. */
    static Clip clip() {
        byte[] frame = HexFormat.of().parseHex("1002009d012a1000100000070885858899840200");
        byte[] silence = HexFormat.of().parseHex("f8fffe");
        List<Clip.Unit> video = new ArrayList<>();
        List<Clip.Unit> audio = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            video.add(new Clip.Unit(i * 3_600L, frame, true));
        }
        for (int i = 0; i < 50; i++) {
            audio.add(new Clip.Unit(i * 960L, silence, true));
        }
        return new Clip(video, audio, 1_000_000_000L);
    }

    /** What became of people and tracks. */
    List<String> diary(UUID session) {
        return List.copyOf(ears(session).diary);
    }

    private Ears ears(UUID session) {
        return Objects.requireNonNull(ears.get(session));
    }

    private static final class Ears implements Sink {
        final Set<Kind> heard = ConcurrentHashMap.newKeySet();
        final List<String> diary = new CopyOnWriteArrayList<>();

        @Override
        public void joined(String person, String name) {
            diary.add(name + " joined");
        }

        @Override
        public void left(String person) {
            diary.add("left");
        }

        @Override
        public void opened(Track track) {
            diary.add(track.kind() + " opened");
        }

        @Override
        public void closed(Track track, String reason) {
            heard.remove(track.kind());
            diary.add(track.kind() + " closed: " + reason);
        }

        @Override
        public void packet(Track track, Stream stream, RtpPacket packet, long extendedSequence, long arrivalNanos) {
            heard.add(track.kind());
        }
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
        rooms.close();
        server.close();
        call.close();
        client.close();
        executor.close();
        database.close();
    }
}
