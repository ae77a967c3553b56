package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.studio.http.Json;
import org.everytake.studio.library.Rendition.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/recordings} over real HTTP. */
class RecordingsResourceTest {
    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID session;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        session = stage.session("Weekly");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("recordings").forEach(one -> ids.add(one.path("id").asText()));
        return ids;
    }

    private JsonNode list(String query) throws Exception {
        return json(stage.get("/recordings" + query));
    }

    @Test
    void thereIsNothingAtFirst() throws Exception {
        JsonNode page = list("");
        assertThat(page.path("recordings")).isEmpty();
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void theNewestComesFirstOfAllOrOfOneSession() throws Exception {
        UUID other = stage.session("Other");
        UUID first = stage.processing(session, "One");
        UUID second = stage.processing(other, "Two");
        UUID third = stage.processing(session, "Three");
        assertThat(ids(list(""))).containsExactly(third.toString(), second.toString(), first.toString());
        assertThat(ids(list("?session=" + session))).containsExactly(third.toString(), first.toString());
        assertThat(ids(list("?session=" + UUID.randomUUID()))).isEmpty();
        assertThat(outcome(stage.get("/recordings?session=nobody"))).isEqualTo("400 malformed-request");
    }

    @Test
    void aLongListComesInPagesWithNothingTwiceAndNothingLeftOut() throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 53; i++) {
            all.addFirst(stage.processing(session, "Talk " + i).toString());
        }
        JsonNode first = list("");
        String next = first.path("next").asText();
        // What comes in between moves nothing.
        stage.processing(session, "Newer");
        JsonNode rest = list("?after=" + next);
        assertThat(ids(first)).isEqualTo(all.subList(0, 50));
        assertThat(ids(rest)).isEqualTo(all.subList(50, 53));
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(outcome(stage.get("/recordings?after=nonsense"))).isEqualTo("400 malformed-request");
    }

    @Test
    void LIB_2_aRecordingSaysWhoWasThereAndWhatCanBeHad() throws Exception {
        UUID id = stage.processing(session, "Weekly review", "Anna", "Ben");
        UUID composite = stage.rendition(id, Kind.COMPOSITE, null, "Weekly review.mp4");
        UUID anna = stage.rendition(id, Kind.PARTICIPANT, "anna", "Anna.mov");
        stage.made(id, composite, new byte[1000]);
        stage.renditions.rendering(anna);
        stage.renditions.progress(anna, 0.25, 9_000L);

        JsonNode found = json(stage.get("/recordings/" + id));

        assertThat(found.path("title").asText()).isEqualTo("Weekly review");
        assertThat(found.path("session").asText()).isEqualTo(session.toString());
        assertThat(found.path("state").asText()).isEqualTo("processing");
        assertThat(found.path("durationMillis").asLong()).isEqualTo(61_000);
        assertThat(found.path("startedAt").asText()).startsWith("2026-11-22T12:00:0");
        assertThat(found.at("/people/0/name").asText()).isEqualTo("Anna");
        assertThat(found.at("/people/1/name").asText()).isEqualTo("Ben");
        assertThat(found.at("/renditions/0/name").asText()).isEqualTo("Weekly review.mp4");
        assertThat(found.at("/renditions/0/state").asText()).isEqualTo("ready");
        assertThat(found.at("/renditions/0/sizeBytes").asLong()).isEqualTo(1000);
        assertThat(found.at("/renditions/1/person").asText()).isEqualTo("anna");
        assertThat(found.at("/renditions/1/progress").asDouble()).isEqualTo(0.25);
        assertThat(found.at("/renditions/1/remainingMillis").asLong()).isEqualTo(9_000);
    }

    @Test
    void theManifestListsPeopleTakesAndFiles() throws Exception {
        UUID id = stage.processing(session, "Talk", "Anna");
        stage.takes.put(id, new TakeFacts(1, "anna", "camera", "Webcam", 10, 60_000L, "left", 99, 1));
        UUID composite = stage.rendition(id, Kind.COMPOSITE, null, "Talk.mp4");
        stage.made(id, composite, new byte[1000]);

        JsonNode manifest = json(stage.get("/recordings/" + id + "/manifest"));

        assertThat(manifest.path("version").asInt()).isEqualTo(1);
        assertThat(manifest.path("recording").asText()).isEqualTo(id.toString());
        assertThat(manifest.at("/people/0/name").asText()).isEqualTo("Anna");
        assertThat(manifest.at("/takes/0/kind").asText()).isEqualTo("camera");
        assertThat(manifest.at("/takes/0/dropped").asLong()).isEqualTo(1);
        assertThat(manifest.at("/renditions/0/sha256").asText()).hasSize(64);
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        UUID id = stage.processing(session, "Talk");
        UUID other = stage.processing(session, "Other");
        UUID composite = stage.rendition(other, Kind.COMPOSITE, null, "Other.mp4");
        for (String nobody :
                List.of(UUID.randomUUID().toString(), "x", id.toString().toUpperCase(java.util.Locale.ROOT))) {
            assertThat(outcome(stage.get("/recordings/" + nobody))).isEqualTo("404 no-such-recording");
            assertThat(outcome(stage.get("/recordings/" + nobody + "/manifest")))
                    .isEqualTo("404 no-such-recording");
            assertThat(outcome(stage.ask("POST", "/recordings/" + nobody + "/stop", null)))
                    .isEqualTo("404 no-such-recording");
            assertThat(outcome(
                            stage.ask("POST", "/recordings/" + nobody + "/renditions/" + composite + "/retry", null)))
                    .isEqualTo("404 no-such-recording");
        }
        for (String nobody : List.of(UUID.randomUUID().toString(), "x", composite.toString())) {
            assertThat(outcome(stage.ask("POST", "/recordings/" + id + "/renditions/" + nobody + "/retry", null)))
                    .isEqualTo("404 no-such-rendition");
        }
        assertThat(outcome(stage.ask("POST", "/sessions/nobody/recordings", "{}")))
                .isEqualTo("404 no-such-session");
    }

    @Test
    void LIB_2_aFailedFileSaysWhyAndIsMadeAgainOnceHoweverOftenItIsAsked() throws Exception {
        UUID id = stage.processing(session, "Talk");
        UUID composite = stage.rendition(id, Kind.COMPOSITE, null, "Talk.mp4");
        String retry = "/recordings/" + id + "/renditions/" + composite + "/retry";
        stage.renditions.rendering(composite);
        stage.renditions.failed(composite, "The encoder crashed.", stage.now());
        JsonNode failed = json(stage.get("/recordings/" + id));
        assertThat(failed.at("/renditions/0/failure").asText()).isEqualTo("The encoder crashed.");
        assertThat(failed.path("state").asText()).isEqualTo("failed");

        var again = stage.ask("POST", retry, null);

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(json(again).at("/renditions/0/state").asText()).isEqualTo("queued");
        assertThat(json(again).path("state").asText()).isEqualTo("processing");
        assertThat(outcome(stage.ask("POST", retry, null))).isEqualTo("202");
        assertThat(stage.waiting()).containsExactly(composite.toString());
    }

    private HttpResponse<byte[]> rename(UUID id, String title, String... headers) throws Exception {
        String body = Json.mapper().writeValueAsString(Map.of("title", title));
        return stage.ask("PATCH", "/recordings/" + id, body, headers);
    }

    private static String tag(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void LIB_2_aRecordingIsRenamedAndWithItTheFilesOfEverybodyTogether() throws Exception {
        UUID id = stage.processing(session, "Talk", "Anna");
        UUID composite = stage.rendition(id, Kind.COMPOSITE, null, "Talk.mp4");
        stage.rendition(id, Kind.PARTICIPANT, "anna", "Anna.mov");
        stage.rendition(id, Kind.RAW, null, "Talk.tar.gz");
        stage.made(id, composite, new byte[10]);

        var renamed = rename(id, "  Weekly: budget/plan ");

        assertThat(renamed.statusCode()).isEqualTo(200);
        JsonNode found = json(stage.get("/recordings/" + id));
        assertThat(json(renamed)).isEqualTo(found);
        assertThat(found.path("title").asText()).isEqualTo("Weekly: budget/plan");
        assertThat(found.at("/renditions/0/name").asText()).isEqualTo("Weekly- budget-plan.mp4");
        assertThat(found.at("/renditions/1/name").asText()).isEqualTo("Anna.mov");
        assertThat(found.at("/renditions/2/name").asText()).isEqualTo("Weekly- budget-plan.tar.gz");
        var download = stage.get("/recordings/" + id + "/renditions/" + composite + "/content?download");
        assertThat(download.headers().firstValue("Content-Disposition").orElse(""))
                .contains("filename=\"Weekly- budget-plan.mp4\"");
        assertThat(stage.sessions.find(session).orElseThrow().title()).isEqualTo("Weekly");
    }

    @Test
    void LIB_2_aTitleThatCannotBeIsRefusedAndChangesNothing() throws Exception {
        UUID id = stage.processing(session, "Talk");
        for (String title : List.of("", "  ", "x".repeat(121), "x".repeat(10_000), "two\nlines", "nul\u0000")) {
            assertThat(outcome(rename(id, title))).isEqualTo("400 malformed-request");
        }
        String path = "/recordings/" + id;
        assertThat(outcome(stage.ask("PATCH", path, "{\"state\":\"ready\"}"))).isEqualTo("400 unknown-field");
        assertThat(outcome(stage.ask("PATCH", path, "{}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(rename(UUID.randomUUID(), "Other"))).isEqualTo("404 no-such-recording");
        assertThat(json(stage.get(path)).path("title").asText()).isEqualTo("Talk");
        assertThat(outcome(rename(id, "x".repeat(120)))).isEqualTo("200");
    }

    @Test
    void LIB_2_whoHasNotSeenWhatIsThereDoesNotOverwriteIt() throws Exception {
        UUID id = stage.processing(session, "Talk");
        String seen = tag(stage.get("/recordings/" + id));
        String newer = tag(rename(id, "Anna's title", "If-Match", seen));
        assertThat(newer).isNotEqualTo(seen);

        assertThat(outcome(rename(id, "Ben's title", "If-Match", seen))).isEqualTo("412 changed-meanwhile");
        assertThat(json(stage.get("/recordings/" + id)).path("title").asText()).isEqualTo("Anna's title");

        assertThat(outcome(rename(id, "Both", "If-Match", "\"x\", " + newer))).isEqualTo("200");
        assertThat(outcome(rename(id, "Any", "If-Match", "*"))).isEqualTo("200");
        assertThat(outcome(rename(id, "Unconditional"))).isEqualTo("200");
    }

    @Test
    void LIB_2_ofTwoWhoRenameAtOnceTheSecondIsTold() {
        UUID id = stage.processing(session, "Talk");
        assertThat(stage.recordings.rename(id, 1L, "Anna's")).isPresent();
        assertThat(stage.recordings.rename(id, 1L, "Ben's")).isEmpty();
        assertThat(stage.recordings.find(id).orElseThrow().title()).isEqualTo("Anna's");
    }

    @Test
    void filesBeingMadeDoNotCountAsAChange() throws Exception {
        UUID id = stage.processing(session, "Talk");
        UUID composite = stage.rendition(id, Kind.COMPOSITE, null, "Talk.mp4");
        String seen = tag(stage.get("/recordings/" + id));
        stage.made(id, composite, new byte[10]);
        assertThat(outcome(rename(id, "Other", "If-Match", seen))).isEqualTo("200");
    }

    @Test
    void pagesOfOtherSitesMayReadNothingIntoIt() throws Exception {
        UUID id = stage.processing(session, "Talk");
        assertThat(outcome(stage.ask("POST", "/recordings/" + id + "/stop", null, "Origin", "https://evil.example")))
                .isEqualTo("403 wrong-origin");
    }
}
