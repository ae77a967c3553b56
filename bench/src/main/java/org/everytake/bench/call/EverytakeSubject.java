package org.everytake.bench.call;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Server;
import org.everytake.bench.tape.Gaps;
import org.everytake.bench.tape.ServerTape;
import org.everytake.tape.read.RecordedTape;

/** The product as it is started, with 256 MB of heap. */
final class EverytakeSubject implements Subject {
    private static final long PATIENCE_SECONDS = 30;

    private final Server server;
    private final Api api;
    private final Place place;
    private final HttpClient client = HttpClient.newHttpClient();

    private EverytakeSubject(Server server, Api api, Place place) {
        this.server = server;
        this.api = api;
        this.place = place;
    }

    /**
     * Starts it.
     *
     * @param launcher what starts it there
     */
    static EverytakeSubject start(Place place, List<String> launcher, Path folder)
            throws IOException, InterruptedException, TimeoutException {
        Server.Place where = Server.Place.in(folder)
                .at(place.server())
                .startedBy(Stream.concat(place.launcher().stream(), launcher.stream())
                        .toList())
                .withEnvironment(Map.of(
                        "EVERYTAKE_JAVA_OPTIONS",
                        javaOptions(),
                        // Else it would speak TLS with a certificate of its own making to all but loopback.
                        "EVERYTAKE_TRUSTED_PROXY",
                        place.local(),
                        "EVERYTAKE_METRICS_TOKEN",
                        Scrape.TOKEN,
                        "EVERYTAKE_ROOM_PEOPLE",
                        "40",
                        "EVERYTAKE_LIMIT_JOIN",
                        "0",
                        "EVERYTAKE_LIMIT_API",
                        "0"));
        Server server = Server.start(where);
        try {
            Api api = Api.of(server);
            // Janus makes none either: what a call and its tape cost is measured here.
            api.put("organisation/films", Map.of("films", "never")).orFail();
            return new EverytakeSubject(server, api, place);
        } catch (IOException | InterruptedException | TimeoutException failed) {
            server.close();
            throw failed;
        }
    }

    private static String javaOptions() {
        String more = System.getenv("EVERYTAKE_JAVA_OPTIONS");
        return "-Xmx256m" + (more == null ? "" : " " + more);
    }

    @Override
    public String name() {
        return "Everytake";
    }

    @Override
    public ProcessMeter meter() {
        return new ProcessMeter(server.process().pid());
    }

    @Override
    public Generator load(List<String> launcher, LoadClip.Codec codec, int roomSize) throws IOException {
        String key = api.credentials().key();
        return Generator.start(
                launcher, Generator.everytake(server.address().toString(), key), place.local(), codec, roomSize);
    }

    @Override
    public Scrape scrape() throws IOException, InterruptedException {
        return Scrape.of(client, server.address());
    }

    /**
     * Ends the server, and reads what is on the tapes of all its recordings, which nobody writes to, seals or ships any
     * more.
     *
     * @param from what came before is left out
     */
    List<Gaps> endAndReadTape(Instant from) throws IOException, InterruptedException {
        Map<String, Instant> zeros = new HashMap<>();
        for (String recording : recordings()) {
            zeros.put(
                    recording,
                    Instant.parse(api.recording(recording).path("startedAt").asText()));
        }
        end();
        List<Gaps> all = new ArrayList<>();
        for (Map.Entry<String, Instant> one : zeros.entrySet()) {
            try (RecordedTape tape = ServerTape.open(server.place().data(), one.getKey())) {
                all.addAll(Gaps.of(tape, Duration.between(one.getValue(), from).toNanos()));
            }
        }
        return all;
    }

    private List<String> recordings() throws IOException {
        try (Stream<Path> folders = Files.list(server.place().data().resolve("spool"))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.contains("-"))
                    .toList();
        }
    }

    /** As a power cut would end it: nothing is to be made of its recordings. */
    private void end() throws InterruptedException {
        List<ProcessHandle> children = server.process().descendants().toList();
        server.kill();
        try {
            for (ProcessHandle child : children) {
                // PostgreSQL ends by itself when its server is gone, and writes until then.
                child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException("The server's database does not end", late);
        }
    }

    @Override
    public void close() {
        api.close();
        client.close();
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
