package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.everytake.studio.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/sessions} and {@code /api/v1/rooms} over real HTTP. */
class SessionsResourceTest {
    @TempDir
    Path folder;

    private LibraryStage stage;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private JsonNode made(String body) throws Exception {
        HttpResponse<byte[]> answer = stage.ask("POST", "/sessions", body);
        assertThat(outcome(answer)).isEqualTo("201");
        stage.passes(Duration.ofSeconds(1));
        return json(answer);
    }

    private String refused(String body) throws Exception {
        return outcome(stage.ask("POST", "/sessions", body));
    }

    private HttpResponse<byte[]> asGuest(String path) throws Exception {
        return stage.get(path, "Cookie", "none=1");
    }

    @Test
    void LIB_1_aSessionIsSetUpWithAllThatBelongsToIt() throws Exception {
        stage.people.somebody(LibraryStage.ORGANISATION, "Ben", Role.MEMBER);
        JsonNode session = made("""
                {"title":" Weekly ","startsAt":"2026-12-01T10:00:00+01:00","timeZone":"Europe/Amsterdam",
                "mode":"audio-show-video","cameraHeight":360,"coHosts":["Ben@Example.org"],
                "invited":["cleo@example.org","ben@example.org","anna@example.org"]}""");
        assertThat(session.path("title").asText()).isEqualTo("Weekly");
        assertThat(session.path("startsAt").asText()).isEqualTo("2026-12-01T09:00:00Z");
        assertThat(session.path("timeZone").asText()).isEqualTo("Europe/Amsterdam");
        assertThat(session.path("mode").asText()).isEqualTo("audio-show-video");
        assertThat(session.path("cameraHeight").asInt()).isEqualTo(360);
        assertThat(session.at("/host/name").asText()).isEqualTo("Anna");
        assertThat(session.path("coHosts").toString()).isEqualTo("[{\"email\":\"ben@example.org\",\"name\":\"Ben\"}]");
        assertThat(session.path("invited").toString()).isEqualTo("[{\"email\":\"cleo@example.org\",\"name\":null}]");
        assertThat(session.path("role").asText()).isEqualTo("host");
        assertThat(session.path("invitation").asText()).hasSize(26);
        assertThat(session.path("link").asText())
                .isEqualTo("https://studio.example.org/s/"
                        + session.path("invitation").asText());
        assertThat(session.at("/limits/invited").asInt()).isEqualTo(200);
    }

    @Test
    void whatCannotBeIsRefusedWithAClearSentence() throws Exception {
        String many = IntStream.range(0, 201)
                .mapToObj(i -> "\"p" + i + "@example.org\"")
                .collect(Collectors.joining(","));
        for (String body : List.of(
                "{}",
                "{\"title\":\"" + "x".repeat(10_000) + "\"}",
                "{\"title\":\"a\\u202eb\"}",
                "{\"title\":\"x\",\"startsAt\":\"1969-12-31T23:59:59Z\"}",
                "{\"title\":\"x\",\"startsAt\":\"2200-01-01T00:00:00Z\"}",
                "{\"title\":\"x\",\"startsAt\":\"soon\"}",
                "{\"title\":\"x\",\"startsAt\":7}",
                "{\"title\":\"x\",\"timeZone\":\"Mars/Olympus\"}",
                "{\"title\":\"x\",\"mode\":\"film\"}",
                "{\"title\":\"x\",\"cameraHeight\":1080}",
                "{\"title\":\"x\",\"cameraHeight\":\"tall\"}",
                "{\"title\":\"x\",\"invited\":[\"nobody\"]}",
                "{\"title\":\"x\",\"invited\":[null]}",
                "{\"title\":\"x\",\"invited\":[" + many + "]}")) {
            assertThat(refused(body))
                    .as(body.substring(0, Math.min(60, body.length())))
                    .isEqualTo("400 malformed-request");
        }
        // HTML is text like any other.
        assertThat(made("{\"title\":\"<b onclick=x>Talk</b>\"}").path("title").asText())
                .isEqualTo("<b onclick=x>Talk</b>");
    }

    @Test
    void aSessionIsChangedInPartsAndOnlyAsItWasSeen() throws Exception {
        JsonNode session =
                made("{\"title\":\"Talk\",\"startsAt\":\"2026-12-01T10:00:00Z\",\"invited\":[\"b@example.org\"]}");
        String path = "/sessions/" + session.path("id").asText();
        JsonNode moved = json(stage.ask("PATCH", path, "{\"startsAt\":null}", with("If-Match", "\"1\"")));
        assertThat(moved.path("startsAt").isNull()).isTrue();
        assertThat(moved.path("title").asText()).isEqualTo("Talk");
        assertThat(moved.path("cameraHeight").asInt()).isEqualTo(720);
        assertThat(moved.path("invited")).hasSize(1);
        assertThat(moved.path("revision").asInt()).isEqualTo(2);
        assertThat(outcome(stage.ask("PATCH", path, "{\"title\":\"x\"}", with("If-Match", "\"1\""))))
                .isEqualTo("412 changed-meanwhile");
        assertThat(json(stage.ask("PATCH", path, "{\"title\":\"New\"}"))
                        .path("startsAt")
                        .isNull())
                .isTrue();
    }

    private String[] with(String... headers) {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(stage.host.cookie()), java.util.Arrays.stream(headers))
                .toArray(String[]::new);
    }

    @Test
    void CAP_1_anInvitationOpensTheRoomUntilItIsTakenBack() throws Exception {
        JsonNode session = made("{\"title\":\"Talk\"}");
        String id = session.path("id").asText();
        String first = session.path("invitation").asText();
        JsonNode room = json(asGuest("/rooms/" + first));
        assertThat(room.path("title").asText()).isEqualTo("Talk");
        assertThat(room.path("host").asText()).isEqualTo("Anna");
        assertThat(room.path("role").asText()).isEqualTo("attendee");
        assertThat(room.path("session").isNull()).isTrue();
        assertThat(json(stage.get("/rooms/" + first)).path("role").asText()).isEqualTo("host");

        String second = json(stage.ask("POST", "/sessions/" + id + "/invitation", null))
                .path("invitation")
                .asText();
        assertThat(second).hasSize(26).isNotEqualTo(first);
        assertThat(outcome(asGuest("/rooms/" + first))).isEqualTo("404 no-such-session");
        assertThat(outcome(asGuest("/rooms/" + second))).isEqualTo("200");

        JsonNode revoked = json(stage.ask("DELETE", "/sessions/" + id + "/invitation", null));
        assertThat(revoked.path("link").isNull()).isTrue();
        assertThat(outcome(asGuest("/rooms/" + second))).isEqualTo("404 no-such-session");
        assertThat(outcome(asGuest("/rooms/" + id))).isEqualTo("404 no-such-session");
        assertThat(outcome(stage.get("/rooms/" + id))).isEqualTo("200");
    }

    @Test
    void LIB_1_mySessionsBeginWithWhatIsNextAndEveryPageGoesOnThere() throws Exception {
        String past = made("{\"title\":\"Past\",\"startsAt\":\"2026-11-01T10:00:00Z\"}")
                .path("id")
                .asText();
        String older = made("{\"title\":\"Older\",\"startsAt\":\"2026-10-01T10:00:00Z\"}")
                .path("id")
                .asText();
        String later = made("{\"title\":\"Later\",\"startsAt\":\"2027-01-01T10:00:00Z\"}")
                .path("id")
                .asText();
        String soon = made("{\"title\":\"Soon\",\"startsAt\":\"2026-11-23T10:00:00Z\"}")
                .path("id")
                .asText();
        String live = made("{\"title\":\"Live\",\"startsAt\":\"2026-09-01T10:00:00Z\"}")
                .path("id")
                .asText();
        stage.live.put(UUID.fromString(live), 2);
        List<String> wanted = List.of(live, soon, later, past, older);

        assertThat(ids("/sessions")).isEqualTo(wanted);
        for (int limit : new int[] {1, 2, 3, 4}) {
            assertThat(allPages("/sessions?limit=" + limit)).isEqualTo(wanted);
        }
        assertThat(allPages("/sessions?sort=newest&limit=2")).containsExactly(live, soon, later, older, past);
        assertThat(allPages("/sessions?sort=title&limit=2")).containsExactly(later, live, older, past, soon);
        assertThat(ids("/sessions?q=la")).containsExactly(later);
        assertThat(outcome(stage.get("/sessions?sort=best"))).isEqualTo("400 malformed-request");
        assertThat(outcome(stage.get("/sessions?after=x"))).isEqualTo("400 malformed-request");
        assertThat(outcome(stage.get("/sessions?limit=101"))).isEqualTo("400 malformed-request");
    }

    private List<String> ids(String path) throws Exception {
        return json(stage.get(path)).path("sessions").findValuesAsText("id");
    }

    private List<String> allPages(String path) throws Exception {
        List<String> all = new java.util.ArrayList<>();
        String after = "";
        do {
            JsonNode page = json(stage.get(path + after));
            page.path("sessions").forEach(one -> all.add(one.path("id").asText()));
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asText();
        } while (!after.isEmpty());
        return all;
    }

    @Test
    void aSessionWithoutRecordingsIsDeletedAndCanBeBroughtBack() throws Exception {
        UUID session = stage.session("Talk");
        UUID recording = stage.processing(session, "Talk");
        String path = "/sessions/" + session;
        assertThat(outcome(stage.ask("DELETE", path, null))).isEqualTo("409 has-recordings");
        UUID empty = stage.session("Empty");
        String other = "/sessions/" + empty;
        assertThat(outcome(stage.ask("DELETE", other, null))).isEqualTo("200");
        assertThat(outcome(stage.get(other))).isEqualTo("404 no-such-session");
        assertThat(outcome(stage.ask("POST", other + "/restore", null))).isEqualTo("200");
        assertThat(outcome(stage.ask("DELETE", other, null))).isEqualTo("200");
        stage.passes(Deletion.UNDO);
        assertThat(outcome(stage.ask("POST", other + "/restore", null))).isEqualTo("404 no-such-session");
        SessionDeletion.erase(stage.database.jdbi(), stage.now());
        assertThat(stage.sessions.findEvenDeleted(empty)).isEmpty();
        assertThat(stage.recordings.find(recording)).isPresent();
    }
}
