package org.everytake.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.peer.PeerOptions;
import picocli.CommandLine.Command;

/**
 * One recording from the page to the file, on a throw-away server that {@code ./everytake} starts with Java's
 * {@code -XX:AOTCacheOutput}: what the server loads and runs on the way is what later servers begin with.
 */
@Command(name = "rehearsal", hidden = true, description = "Has a server learn what it will need.")
final class Rehearsal implements Callable<Integer> {

    private static final int CLIP_SECONDS = 30;
    private static final double RECORDED_SECONDS = 8;

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        CardClips clips = CardClips.inCache(CLIP_SECONDS);
        TestCard anna = TestCard.clip(0);
        TestCard ben = TestCard.clip(1);
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-rehearsal");
                Server server = Server.start(Server.Place.in(folder.path()));
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
            int status = server.stop();
            if (status != 0) {
                System.err.println("The server ended with " + status + ":\n" + server.tail());
            }
            return status;
        }
    }

    private static Participant join(Api api, String session, TestCard card, CardClips clips)
            throws IOException, InterruptedException {
        return Participant.join(
                api, session, PeerOptions.of(card.name(), 1).withClipStart(System.nanoTime()), clips.get(card));
    }
}
