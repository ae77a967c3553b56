package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.bench.tape.Gaps;
import org.everytake.bench.tape.ServerTape;
import org.everytake.peer.PeerOptions;
import org.everytake.tape.read.RecordedTape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product with its own database on a disk that is full to the last byte, and has room again. */
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int DISK_MEGABYTES = 500;

    @TempDir
    Path folder;

    @Test
    void CAP_2_onAFullDiskTheReasonIsSaidNothingCommittedIsLostAndItGoesOnByItselfWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEGABYTES)) {
            Server.Place place = Server.Place.in(folder)
                    .withData(disk.folder().resolve("data"))
                    .withEnvironment(Map.of("EVERYTAKE_DISK_RESERVE", "1 MB"));
            String recording;
            try (Server server = Server.start(place);
                    Api api = Api.of(server)) {
                recording = recordedOnAFullDisk(server, api, disk);
            }
            disk.fill();
            assertThatThrownBy(() -> Server.start(place))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended with 2")
                    .hasMessageContaining("is full. Make room on it");
            disk.empty();
            try (Server server = Server.start(place);
                    Api api = Api.of(server)) {
                assertThat(api.recording(recording).path("state").asText()).isIn("processing", "ready");
            }
        }
    }

    private static String recordedOnAFullDisk(Server server, Api api, SmallDisk disk) throws Exception {
        String talk = api.createSession("Talk").path("id").asText();
        String over =
                api.createSession("Over before there is room again").path("id").asText();
        try (Participant anna = joined(api, talk, "Anna");
                Participant ben = joined(api, over, "Ben")) {
            String goesOn = recording(api, talk, anna);
            String ends = recording(api, over, ben);
            Await.pass(5);
            disk.fill();
            Await.until("the API says why nothing is written down", PATIENCE, () -> isRefusedAsFull(api));
            // as it ends by itself when its log of transactions cannot be written
            kill(postgres(server));
            Await.until(
                    "the server says why it is not ready",
                    PATIENCE,
                    () -> ready(server).contains("The disk on which the database lies is full"));
            assertThat(server.alive()).isTrue();
            assertThat(isRefusedAsFull(api)).isTrue();
            ben.close();

            disk.empty();
            Await.until("it goes on by itself", PATIENCE, () -> ready(server).contains("\"ready\""));
            assertThat(api.recording(goesOn).path("state").asText()).isEqualTo("recording");
            Await.pass(5);
            api.stopRecording(goesOn, anna.room().pass());
            for (String recording : List.of(goesOn, ends)) {
                awaitFinished(api, recording);
                assertWhole(server, recording);
            }
            return goesOn;
        }
    }

    private static Participant joined(Api api, String session, String name) throws IOException, InterruptedException {
        return Participant.join(
                api,
                session,
                PeerOptions.of(name, name.length()),
                CardClips.inCache(45).get(TestCard.clip(0)));
    }

    private static String recording(Api api, String session, Participant by) throws IOException, InterruptedException {
        return api.startRecording(session, by.room().pass()).path("id").asText();
    }

    /** Whole, and its archive made: the films take their time. */
    private static void awaitFinished(Api api, String recording) throws Exception {
        Await.until(
                "it is finished",
                Duration.ofMinutes(5),
                () -> RecordedCall.rendition(api.recording(recording), "raw")
                        .path("state")
                        .asText()
                        .equals("ready"));
    }

    private static boolean isRefusedAsFull(Api api) throws IOException, InterruptedException {
        Api.Answer answer = api.post("sessions", null, Map.of("title", "x".repeat(120)));
        if (answer.status() == 201) {
            return false;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.json().path("id").asText()).isEqualTo("database-away");
        assertThat(answer.json().path("detail").asText()).contains("is full", "Make room on it");
        return true;
    }

    private static ProcessHandle postgres(Server server) throws IOException {
        Path file = server.place().data().resolve("postgres/cluster-18/postmaster.pid");
        return ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                .orElseThrow();
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static String ready(Server server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(server.address().resolve("/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** Of the takes before and after what was committed is there without a gap; what the disk did not take was a take's end. */
    private static void assertWhole(Server server, String recording) throws IOException {
        try (RecordedTape tape = ServerTape.open(server.place().data(), recording)) {
            assertThat(tape.damage()).isEmpty();
            List<Gaps> streams = Gaps.of(tape);
            assertThat(streams).isNotEmpty().allMatch(stream -> stream.missing() == 0);
            assertThat(streams.stream().mapToLong(Gaps::records).sum()).isGreaterThan(200);
        }
    }
}
