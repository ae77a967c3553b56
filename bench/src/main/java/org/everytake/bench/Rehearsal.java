package org.everytake.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.call.Scrape;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.peer.MediaOptions;
import org.everytake.peer.PeerOptions;
import org.everytake.peer.clip.Clip;
import org.everytake.peer.net.SharedSockets;
import picocli.CommandLine.Command;

/**
 * One recording from the page to the file, and a crowd that is recorded for a while, on a throw-away server that
 * {@code ./everytake} starts with Java's {@code -XX:AOTCacheOutput}: what the server loads and runs on the way, and how,
 * is what later servers begin with.
 */
@Command(name = "rehearsal", hidden = true, description = "Has a server learn what it will need.")
final class Rehearsal implements Callable<Integer> {

    private static final int CLIP_SECONDS = 30;
    private static final double RECORDED_SECONDS = 8;
    private static final int ROOMS = 3;
    /** Of each room. */
    private static final int CROWD = 8;
    /** Until Java has seen of the way of a packet what it wants to see before it compiles for good. */
    private static final double CROWD_SECONDS = 25;

    private static final int SCRAPES = 5;

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        CardClips clips = CardClips.inCache(CLIP_SECONDS);
        TestCard anna = TestCard.clip(0);
        TestCard ben = TestCard.clip(1);
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-rehearsal");
                Server server = Server.start(Server.Place.in(folder.path())
                        .withEnvironment(
                                Map.of("EVERYTAKE_LIMIT_JOIN", "0", "EVERYTAKE_METRICS_TOKEN", Scrape.TOKEN)));
                Api api = Api.of(server)) {
            String session = api.createSession("Rehearsal").path("id").asText();
            String recording;
            try (Participant first = join(api, session, anna, clips);
                    Participant second = join(api, session, ben, clips)) {
                recording = api.startRecording(session, first.room().pass())
                        .path("id")
                        .asText();
                Await.pass(RECORDED_SECONDS);
                api.stopRecording(recording, second.room().pass());
            }
            Await.until(
                    "everything is rendered",
                    Duration.ofMinutes(2),
                    () -> api.recording(recording).path("state").asText().equals("ready"));
            JsonNode ready = api.recording(recording);
            for (JsonNode rendition : ready.path("renditions")) {
                api.download(
                        Api.content(ready, rendition),
                        folder.path().resolve(rendition.path("id").asText()));
            }
            int status = stopBeforeCrowd(server, api, clips.get(anna));
            if (status != 0) {
                System.err.println("The server ended with " + status + ":\n" + server.tail());
            }
            return status;
        }
    }

    /** Ends the server while people are there: of what was recorded of them nothing is made. */
    private static int stopBeforeCrowd(Server server, Api api, Clip clip) throws IOException, InterruptedException {
        try (var network = new SharedSockets(InetAddress.getLoopbackAddress(), 1, InstantSource.system())) {
            for (int room = 0; room < ROOMS; room++) {
                String session = api.createSession("Crowd " + room).path("id").asText();
                Participant first = publisher(network, api, session, 0, clip);
                api.startRecording(session, first.room().pass());
                for (int i = 1; i < CROWD; i++) {
                    Participant unused = publisher(network, api, session, i, clip);
                }
            }
            for (int i = 0; i < SCRAPES; i++) {
                Scrape unused = Scrape.of(HttpClient.newHttpClient(), server.address());
                Await.pass(CROWD_SECONDS / SCRAPES);
            }
            return server.stop();
        }
    }

    private static Participant publisher(SharedSockets network, Api api, String session, int number, Clip clip)
            throws IOException, InterruptedException {
        PeerOptions options = PeerOptions.of("peer-" + number, number)
                .withMedia(MediaOptions.DEFAULT.withLogs(false))
                .withClipStart(network.nanoTime() - number * clip.durationNanos() / CROWD);
        return Participant.publisher(network, api, session, options, clip);
    }

    private static Participant join(Api api, String session, TestCard card, CardClips clips)
            throws IOException, InterruptedException {
        return Participant.join(
                api, session, PeerOptions.of(card.name(), 1).withClipStart(System.nanoTime()), clips.get(card));
    }
}
