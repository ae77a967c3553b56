package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.peer.PeerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server is lost, but for its vault, its master key and a backup that was made while it ran. */
class BackupTest {
    private static final int CLIP_SECONDS = 30;

    @TempDir
    Path folder;

    @Test
    void aServerThatIsMadeAgainOfABackupPlaysWhatWasRecorded() throws Exception {
        Path backups = folder.resolve("backups");
        Server.Place lost = Server.Place.in(folder.resolve("lost"));
        String recording;
        byte[] played;
        Api api;
        try (Server server = Server.start(lost)) {
            api = Api.of(server);
            recording = record(api);
            played = film(api, recording);
            assertThat(Server.run(lost, "backup", backups)).contains(".database.zip", ".keys.zip");
        }

        Server.Place again = Server.Place.in(folder.resolve("again"));
        try (Stream<Path> files = Files.list(backups)) {
            Path rows = files.filter(file -> file.toString().endsWith(".database.zip"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Server.run(again, "restore", rows)).contains("master key");
        }
        Files.copy(lost.data().resolve("master.key"), again.data().resolve("master.key"));
        copy(lost.data().resolve("vault"), again.data().resolve("vault"));
        try (Server server = Server.start(again)) {
            // Its people and their keys are the same.
            Api restored = Api.of(server.address(), api.credentials());
            assertThat(film(restored, recording)).isEqualTo(played);
        }
    }

    private static String record(Api api) throws Exception {
        TestCard card = TestCard.clip(0);
        String session = api.createSession("Kept").path("id").asText();
        String recording;
        try (Participant anna = Participant.join(
                api,
                session,
                PeerOptions.of(card.name(), 1).withClipStart(System.nanoTime()),
                CardClips.inCache(CLIP_SECONDS).get(card))) {
            recording =
                    api.startRecording(session, anna.room().pass()).path("id").asText();
            Await.pass(3);
            api.stopRecording(recording, anna.room().pass());
        }
        Await.until(
                "everything is rendered",
                Duration.ofMinutes(3),
                () -> api.recording(recording).path("state").asText().equals("ready"));
        return recording;
    }

    private byte[] film(Api api, String recording) throws IOException, InterruptedException {
        JsonNode ready = api.recording(recording);
        JsonNode composite = ready.path("renditions").get(0);
        Path file = folder.resolve("film");
        api.download(Api.content(ready, composite), file);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSizeGreaterThan(10_000);
        return bytes;
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(from)) {
            all = files.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
