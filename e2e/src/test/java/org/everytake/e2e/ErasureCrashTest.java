package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.bench.measure.TestCard;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.room.Participant;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.bench.server.Server;
import org.everytake.peer.PeerOptions;
import org.everytake.vault.StoppableS3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed in the midst of erasing: what it erases lies in a bucket which is away, so that each time the
 * keys are gone and the objects are not.
 */
class ErasureCrashTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void STO_5_killedInTheMidstOfErasingByPlanNothingHalfErasedIsShownAndAllOfItGoes() throws Exception {
        Server.Place place = place();
        Server server = Server.start(place);
        try (var s3 = new StoppableS3()) {
            String recording = recorded(server, s3);
            try (var database = ServerDatabase.of(server)) {
                database.execute("update organisations set plan_tape_days = 1, plan_masters_days = 1");
                database.execute(
                        "update recordings set stopped_at = stopped_at - interval '40 days' where id = ?",
                        UUID.fromString(recording));
            }
            s3.stop();
            nightly(server);
            awaitKeyGone(server, recording, "tape");
            server.kill();

            server = Server.start(place);
            try (Api api = Api.of(server)) {
                JsonNode shown = api.recording(recording);
                assertThat(kinds(shown))
                        .as("the archive, which is being erased")
                        .isEqualTo(List.of("composite", "participant", "mix", "participant-sound"));
                assertThat(shown.at("/keeping/erased")).isEmpty();
                assertThat(Files.exists(server.place().data().resolve("spool").resolve(recording)))
                        .isFalse();
            }
            assertThat(s3Keys(s3)).anyMatch(key -> key.contains("/tape/")).anyMatch(key -> key.endsWith(".tar.gz"));
            nightly(server);
            Await.until("tape and archive are erased", PATIENCE, () -> keysLeft(s3, "/tape/", ".tar.gz") == 0);
            awaitErased(server, recording, "raw", "tape");

            s3.stop();
            nightly(server);
            awaitKeyGone(server, recording, "renditions");
            server.kill();
            server = Server.start(place);
            try (Api api = Api.of(server)) {
                JsonNode shown = api.recording(recording);
                assertThat(kinds(shown)).isEmpty();
                assertThat(shown.path("thumbnail").isNull()).isTrue();
            }
            s3.start();
            nightly(server);
            awaitErased(server, recording, "files", "raw", "tape");
            assertThat(s3.keys()).isEmpty();

            String once = keeping(server, recording);
            nightly(server);
            server.kill();
            server = Server.start(place);
            nightly(server);
            assertThat(keeping(server, recording)).isEqualTo(once);
            try (var database = ServerDatabase.of(server)) {
                assertThat(database.texts(
                                "select action from audit where object = ? and action like '%-erased' order by action",
                                recording))
                        .containsExactly("files-erased", "raw-erased", "tape-erased");
            }
        } finally {
            server.close();
        }
    }

    @Test
    void LIB_2_killedInTheMidstOfErasingWhatSomebodyDeletedItIsGoneForGood() throws Exception {
        Server.Place place = place();
        Server server = Server.start(place);
        try (var s3 = new StoppableS3()) {
            String recording = recorded(server, s3);
            s3.stop();
            try (Api api = Api.of(server);
                    var database = ServerDatabase.of(server)) {
                database.execute(
                        "update recordings set deleted_at = now() - interval '1 minute' where id = ?",
                        UUID.fromString(recording));
                awaitKeyGone(server, recording, "tape");
                awaitKeyGone(server, recording, "renditions");
                assertThat(api.get("recordings/" + recording).status()).isEqualTo(404);
            }
            server.kill();
            server = Server.start(place);
            try (Api api = Api.of(server)) {
                assertThat(api.get("recordings/" + recording).status()).isEqualTo(404);
                assertThat(api.post("recordings/" + recording + "/restore", null, Map.of())
                                .status())
                        .isEqualTo(404);
            }
            assertThat(s3Keys(s3)).isNotEmpty();
            Await.until("nothing is left of it", PATIENCE, () -> s3.keys().isEmpty());
            assertThat(Files.exists(server.place().data().resolve("spool").resolve(recording)))
                    .isFalse();
        } finally {
            server.close();
        }
    }

    private Server.Place place() throws Exception {
        return Server.Place.in(folder).withEnvironment(Map.of("EVERYTAKE_S3_LOCAL", "on"));
    }

    /** A recording of one person, whole and with everything that is made of it in the bucket. */
    private static String recorded(Server server, StoppableS3 s3) throws Exception {
        try (Api api = Api.of(server)) {
            api.put(
                            "organisation/store",
                            Map.of(
                                    "endpoint",
                                    s3.endpoint().toString(),
                                    "bucket",
                                    StoppableS3.BUCKET,
                                    "pathStyle",
                                    true,
                                    "accessKey",
                                    StoppableS3.ACCESS_KEY,
                                    "secretKey",
                                    StoppableS3.SECRET_KEY))
                    .orFail();
            String session = api.createSession("Talk").path("id").asText();
            String recording;
            try (Participant anna = Participant.join(
                    api,
                    session,
                    PeerOptions.of("Anna", 1),
                    CardClips.inCache(45).get(TestCard.clip(0)))) {
                recording = api.startRecording(session, anna.room().pass())
                        .path("id")
                        .asText();
                Await.pass(4);
                api.stopRecording(recording, anna.room().pass());
            }
            RecordedCall.awaitReady(api, recording);
            Await.until("tape, picture and copies lie in the bucket", PATIENCE, () -> {
                List<String> keys = s3.keys();
                return keys.stream().anyMatch(key -> key.contains("/tape/"))
                        && keys.stream().anyMatch(key -> key.endsWith("/thumbnail"))
                        && keys.stream().filter(key -> key.startsWith("files/")).count() >= 3;
            });
            return recording;
        }
    }

    /** What happens at night happens now. */
    private static void nightly(Server server) throws Exception {
        try (var database = ServerDatabase.of(server)) {
            String due = "update scheduled_tasks set execution_time = now()"
                    + " where task_name like 'recordings.expire%' and not picked";
            Await.until("nothing of it is under way", PATIENCE, () -> database.execute(due) == 2);
            Await.until(
                    "it was done",
                    PATIENCE,
                    () -> database.texts(
                                    "select task_name from scheduled_tasks where task_name like ?"
                                            + " and (picked or execution_time <= now())",
                                    "recordings.expire%")
                            .isEmpty());
        }
    }

    private static void awaitKeyGone(Server server, String recording, String kind) throws Exception {
        Path key = server.place().data().resolve("keys").resolve(recording + "." + kind);
        Await.until("the key of the " + kind + " is gone", PATIENCE, () -> !Files.exists(key));
    }

    private static void awaitErased(Server server, String recording, String... kinds) throws Exception {
        try (Api api = Api.of(server)) {
            Await.until("it says that it is erased", PATIENCE, () -> {
                List<String> erased = new ArrayList<>();
                api.recording(recording)
                        .at("/keeping/erased")
                        .forEach(one -> erased.add(one.path("kind").asText()));
                erased.sort(null);
                return erased.equals(List.of(kinds));
            });
        }
    }

    private static String keeping(Server server, String recording) throws Exception {
        try (Api api = Api.of(server)) {
            return api.recording(recording).path("keeping").toString();
        }
    }

    private static List<String> kinds(JsonNode recording) {
        List<String> kinds = new ArrayList<>();
        recording.path("renditions").forEach(one -> kinds.add(one.path("kind").asText()));
        return kinds;
    }

    private static List<String> s3Keys(StoppableS3 s3) throws Exception {
        s3.start();
        return s3.keys();
    }

    private static long keysLeft(StoppableS3 s3, String... parts) {
        return s3.keys().stream()
                .filter(key -> List.of(parts).stream().anyMatch(key::contains))
                .count();
    }
}
