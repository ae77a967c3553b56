package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.tape.Gaps;
import org.everytake.bench.tape.ServerTape;
import org.everytake.e2e.browser.Devices;
import org.everytake.e2e.browser.RoomPage;
import org.everytake.tape.read.RecordedTape;

/**
 * What came of a recorded call of two.
 *
 * @param recording as the API tells it when everything is ready
 * @param recordedSeconds from the button being green to the press of Stop, by the first person's clock
 * @param movs by the person's name
 * @param mix the sound of everybody
 * @param sounds by the person's name
 */
record RecordedCall(
        JsonNode recording,
        double recordedSeconds,
        Path composite,
        Map<String, Path> movs,
        Path mix,
        Map<String, Path> sounds) {

    static final int SECONDS = 12;
    static final List<TestCard> CARDS = List.of(TestCard.browser(0), TestCard.browser(1));

    static RecordedCall make(World world) throws Exception {
        World.Session session = world.session("Recorded call");
        double from;
        double to;
        try (RoomPage anna = world.joinAsHost(session, Devices.both(CARDS.get(0)));
                RoomPage ben = world.join(session, Devices.both(CARDS.get(1)))) {
            anna.waitForOthers(1);
            ben.waitForOthers(1);
            anna.record();
            from = anna.clockSeconds();
            ben.pass(SECONDS, second -> true);
            to = anna.stop();
            anna.waitUntilStopped();
        }
        String id = world.api().newestRecording(session.id()).path("id").asText();
        JsonNode ready = awaitReady(world.api(), id);
        Path composite = world.folder().resolve("composite.mp4");
        Path mix = world.folder().resolve("mix.mp3");
        Map<String, Path> movs = new LinkedHashMap<>();
        Map<String, Path> sounds = new LinkedHashMap<>();
        for (JsonNode rendition : ready.path("renditions")) {
            String person = nameOf(ready, rendition.path("person").asText());
            String kind = rendition.path("kind").asText();
            Path file = switch (kind) {
                case "composite" -> composite;
                case "mix" -> mix;
                case "participant" -> world.folder().resolve(person + ".mov");
                case "raw" -> world.folder().resolve("raw.tar.gz");
                default -> world.folder().resolve(person + ".mp3");
            };
            world.api().download(Api.content(ready, rendition), file);
            if (kind.equals("participant")) {
                movs.put(person, file);
            } else if (kind.equals("participant-sound")) {
                sounds.put(person, file);
            }
        }
        return new RecordedCall(ready, to - from, composite, movs, mix, sounds);
    }

    /** Waits until everything is made of a recording; says what it is then, if it never is. */
    static JsonNode awaitReady(Api api, String id) throws IOException, InterruptedException, TimeoutException {
        try {
            Await.until("the recording is ready", Duration.ofMinutes(3), () -> {
                JsonNode recording = api.recording(id);
                if (recording.path("state").asText().equals("failed")) {
                    throw new IOException(
                            "The recording failed: " + recording.path("failure").asText());
                }
                return recording.path("state").asText().equals("ready");
            });
        } catch (TimeoutException late) {
            throw new TimeoutException(late.getMessage() + ": " + api.recording(id));
        }
        return api.recording(id);
    }

    /** The newest recording of a session has a whole take of each one's microphone, one of their camera, and no other. */
    static void assertOnTape(Server server, Api api, World.Session session, String... names) throws Exception {
        String id = api.newestRecording(session.id()).path("id").asText();
        JsonNode recording = awaitReady(api, id);
        try (RecordedTape tape = ServerTape.open(server.place().data(), id)) {
            assertThat(tape.takes())
                    .extracting(take ->
                            nameOf(recording, take.description().source().person()) + "'s "
                                    + take.description().source().kind())
                    .containsExactlyInAnyOrderElementsOf(Stream.of(names)
                            .flatMap(name -> Stream.of(name + "'s MICROPHONE", name + "'s CAMERA"))
                            .toList());
            // Of pictures only the best layer of each moment is there.
            assertThat(Gaps.of(tape))
                    .filteredOn(stream -> stream.source().equals("MICROPHONE"))
                    .allSatisfy(stream ->
                            assertThat(stream.missing()).as(stream.toString()).isZero());
        }
    }

    static String nameOf(JsonNode recording, String person) {
        for (JsonNode one : recording.path("people")) {
            if (one.path("person").asText().equals(person)) {
                return one.path("name").asText();
            }
        }
        return "nobody";
    }

    /** The first rendition of a kind; a missing node if there is none. */
    static JsonNode rendition(JsonNode recording, String kind) {
        for (JsonNode rendition : recording.path("renditions")) {
            if (rendition.path("kind").asText().equals(kind)) {
                return rendition;
            }
        }
        return recording.path("none");
    }
}
