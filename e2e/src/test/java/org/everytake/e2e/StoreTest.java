package org.everytake.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.peer.PeerOptions;
import org.everytake.vault.StoppableS3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page on which an admin says where recordings are kept. */
@ExtendWith(World.Resolver.class)
class StoreTest {
    @TempDir
    Path folder;

    @Test
    void STO_1_anAdminTriesABucketAndIsToldWhatFailedAndWhy(World world) throws Exception {
        try (Page page = world.chromium().page(world.api())) {
            page.navigate(
                    world.server().address().resolve("/institution/members").toString());
            page.getByTestId("tab-store").click();
            assertThat(page.getByTestId("store")).containsText("the server’s own folder");
            page.getByTestId("store-test").click();
            assertThat(page.getByTestId("store-refused")).containsText("needed");

            page.getByTestId("store-endpoint").fill("https://s3.invalid");
            page.getByTestId("store-bucket").fill("recordings");
            page.getByTestId("store-access-key").fill("AKIDEXAMPLE");
            page.getByTestId("store-secret-key").fill("the secret of the key");
            page.getByTestId("store-test").click();
            assertThat(page.getByTestId("store-step-write")).containsText("s3.invalid");
            assertThat(page.getByTestId("store-steps")).hasAttribute("data-well", "false");

            // this machine is not to be knocked at, unless the operator allows that
            page.getByTestId("store-endpoint").fill("http://127.0.0.1:9");
            page.getByTestId("store-save").click();
            assertThat(page.getByTestId("store-refused")).containsText("s3-local");
            page.reload();
            assertThat(page.getByTestId("store")).hasAttribute("data-bucket", "");
        }
    }

    @Test
    void STO_6_whatAnAdminTriesAndKeepsHasEachRecordingAsOrdinaryToolsReadIt(World world) throws Exception {
        Server.Place place = Server.Place.in(folder).withEnvironment(Map.of("EVERYTAKE_S3_LOCAL", "on"));
        try (var s3 = new StoppableS3();
                Server server = Server.start(place);
                Api api = Api.of(server)) {
            try (Page page = world.chromium().page(api)) {
                page.navigate(server.address().resolve("/institution/store").toString());
                page.getByTestId("store-endpoint").fill(s3.endpoint().toString());
                page.getByTestId("store-bucket").fill(StoppableS3.BUCKET);
                page.getByTestId("store-path-style").check();
                page.getByTestId("store-access-key").fill(StoppableS3.ACCESS_KEY);
                page.getByTestId("store-secret-key").fill(StoppableS3.SECRET_KEY);
                page.getByTestId("store-test").click();
                assertThat(page.getByTestId("store-steps")).hasAttribute("data-well", "true");
                Assertions.assertThat(s3.keys())
                        .as("what was tried is cleared away")
                        .isEmpty();
                page.getByTestId("store-save").click();
                assertThat(page.getByTestId("store")).hasAttribute("data-bucket", StoppableS3.BUCKET);
            }
            JsonNode recording = recorded(api);
            Await.until(
                    "both lie in the bucket",
                    Duration.ofMinutes(2),
                    () -> readable(s3).stream().anyMatch(key -> key.endsWith(".tar.gz"))
                            && readable(s3).stream().anyMatch(key -> key.endsWith("/Talk.mp4")));

            Path film = read(s3, ".mp4");
            Path ours = folder.resolve("ours.mp4");
            api.download(Api.content(recording, RecordedCall.rendition(recording, "composite")), ours);
            Assertions.assertThat(film).hasSameBinaryContentAs(ours);
            Assertions.assertThat(Probe.complaint(film)).isEmpty();
            Assertions.assertThat(listed(read(s3, ".tar.gz"))).contains("info.json", ".mjr");
        }
    }

    /** Ready, of one person. */
    private static JsonNode recorded(Api api) throws Exception {
        String session = api.createSession("Talk").path("id").asText();
        String recording;
        try (Participant anna = Participant.join(
                api, session, PeerOptions.of("Anna", 1), CardClips.inCache(45).get(TestCard.clip(0)))) {
            recording =
                    api.startRecording(session, anna.room().pass()).path("id").asText();
            Await.pass(4);
            api.stopRecording(recording, anna.room().pass());
        }
        return RecordedCall.awaitReady(api, recording);
    }

    private static List<String> readable(StoppableS3 s3) {
        return s3.keys().stream().filter(key -> key.startsWith("files/")).toList();
    }

    /** As AWS's own client reads it. */
    private Path read(StoppableS3 s3, String end) throws Exception {
        String key = readable(s3).stream()
                .filter(one -> one.endsWith(end))
                .findFirst()
                .orElseThrow();
        return Files.write(folder.resolve("read" + end), s3.read(key));
    }

    private static String listed(Path archive) throws Exception {
        Process tar = new ProcessBuilder("tar", "-tzf", archive.toString())
                .redirectErrorStream(true)
                .start();
        return new String(tar.getInputStream().readAllBytes());
    }
}
