package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.library.Rendition.Kind;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/recordings/{recording}/renditions} over real HTTP. */
class RenditionsResourceTest {
    private static final byte[] FILM = {1, 2, 3};

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID recording;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        recording = stage.processing(stage.session("Weekly"), "Talk", "Anna");
        stage.made(recording, stage.rendition(recording, Kind.COMPOSITE, null, "Talk.mp4"), FILM);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private HttpResponse<byte[]> ask(String body) throws Exception {
        return stage.ask("POST", "/recordings/" + recording + "/renditions", body);
    }

    private static List<String> files(JsonNode recording) {
        List<String> files = new ArrayList<>();
        recording
                .path("renditions")
                .forEach(one -> files.add(one.path("format").asText() + " "
                        + one.path("name").asText() + " " + one.path("state").asText()));
        return files;
    }

    @Test
    void REN_9_anotherFormatIsMadeOnceHoweverOftenItIsAskedFor() throws Exception {
        String webm = "{\"kind\":\"composite\",\"format\":\"webm-vp9\"}";

        var asked = ask(webm);

        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(json(asked).path("state").asText()).isEqualTo("processing");
        assertThat(files(json(asked))).containsExactly("mp4 Talk.mp4 ready", "webm-vp9 Talk.webm queued");
        assertThat(json(ask(webm))).isEqualTo(json(asked));
        assertThat(stage.waiting()).hasSize(1);
        UUID id = UUID.fromString(json(asked).at("/renditions/1/id").asText());
        stage.made(recording, id, FILM);
        JsonNode made = json(ask(webm));
        assertThat(made.path("state").asText()).as("nothing more is to be done").isEqualTo("ready");
        assertThat(made.at("/renditions/1/contentType").asText()).isEqualTo("video/webm");
        assertThat(made.at("/renditions/1/madeWith").asText()).isEqualTo("Everytake of a test");
    }

    @Test
    void REN_9_whatFailedIsMadeAgain() throws Exception {
        String wav = "{\"kind\":\"participant-sound\",\"format\":\"wav\",\"person\":\"anna\"}";
        UUID id = UUID.fromString(json(ask(wav)).at("/renditions/1/id").asText());
        stage.renditions.rendering(id);
        stage.renditions.failed(id, "The disk is full.", stage.now());
        assertThat(files(json(ask(wav)))).contains("wav Anna.wav queued");
    }

    @Test
    void REN_9_filesOfEveryFormatHaveNamesOfTheirOwn() throws Exception {
        ask("{\"kind\":\"composite\",\"format\":\"webm-vp8\"}");
        ask("{\"kind\":\"composite\",\"format\":\"webm-av1\"}");
        ask("{\"kind\":\"mix\",\"format\":\"flac\"}");
        ask("{\"kind\":\"participant-sound\",\"format\":\"flac\",\"person\":\"anna\"}");
        ask("{\"kind\":\"raw\",\"format\":\"zip\"}");
        assertThat(stage.renditions.of(recording))
                .extracting(Rendition::name)
                .containsExactly("Talk.mp4", "Talk.webm", "Talk (2).webm", "Talk.flac", "Anna.flac", "Talk.zip");
    }

    private static String film(String layout) {
        return "{\"kind\":\"composite\",\"format\":\"mp4\",\"layout\":\"" + layout + "\"}";
    }

    private String own(TestPeople.Somebody admin, String method, String path, String shows) throws Exception {
        String body = "{\"name\": \"Our / lecture\", \"layout\": {\"version\": 1, \"arrangements\": [[{\"shows\": [\""
                + shows + "\"], \"box\": [0, 0, 100, 100]}]]}}";
        return json(stage.ask(method, path, body, admin.cookie())).path("id").asText();
    }

    @Test
    void REN_3_REN_9_aFilmInAnotherLayoutIsAnotherFile() throws Exception {
        JsonNode asked = json(ask(film("filmstrip")));
        assertThat(files(asked)).containsExactly("mp4 Talk.mp4 ready", "mp4 Talk - filmstrip.mp4 queued");
        assertThat(asked.at("/renditions/0/layout").isNull()).isTrue();
        assertThat(asked.at("/renditions/1/layout/name").asText()).isEqualTo("filmstrip");
        assertThat(asked.at("/renditions/1/layout/layout/version").asInt()).isEqualTo(1);
        assertThat(json(ask(film("Filmstrip")))).isEqualTo(asked);
        assertThat(json(ask(film("screen")))).as("the usual one is there").isEqualTo(asked);
        assertThat(stage.waiting()).hasSize(1);
        JsonNode manifest = json(stage.get("/recordings/" + recording + "/manifest"));
        assertThat(manifest.path("renditions")).isEqualTo(asked.path("renditions"));

        ask(film("speaker").replace("mp4", "webm-vp9"));
        assertThat(stage.renditions.of(recording))
                .extracting(Rendition::name)
                .containsExactly("Talk.mp4", "Talk - filmstrip.mp4", "Talk - speaker.webm");
        stage.ask("PATCH", "/recordings/" + recording, "{\"title\":\"Weekly talk\"}");
        assertThat(stage.renditions.of(recording))
                .extracting(Rendition::name)
                .containsExactly("Weekly talk.mp4", "Weekly talk - filmstrip.mp4", "Weekly talk - speaker.webm");
    }

    @Test
    void REN_3_REN_9_whatAnOrganisationsLayoutWasIsKeptWithTheFile() throws Exception {
        TestPeople.Somebody admin = stage.people.somebody(LibraryStage.ORGANISATION, "Ada", Role.ADMIN);
        stage.database.jdbi().useHandle(handle -> handle.execute("update sessions set time_zone = 'Europe/Amsterdam'"));
        String id = own(admin, "POST", "/layouts", "people");
        assertThat(files(json(ask(film(id))))).last().isEqualTo("mp4 Talk - Our - lecture.mp4 queued");
        assertThat(files(json(ask(film("our / Lecture"))))).hasSize(2);

        own(admin, "PUT", "/layouts/" + id, "speaker");
        assertThat(files(json(ask(film(id)))))
                .as("it looks otherwise now")
                .hasSize(3)
                .contains("mp4 Talk - Our - lecture.mp4 queued", "mp4 Talk - Our - lecture (2).mp4 queued");
        stage.ask("DELETE", "/layouts/" + id, null, admin.cookie());
        assertThat(outcome(ask(film(id)))).isEqualTo("404 no-such-layout");
        assertThat(stage.renditions.of(recording).subList(1, 3))
                .extracting(Rendition::layout)
                .allSatisfy(layout -> assertThat(layout.timeZone()).isEqualTo("Europe/Amsterdam"))
                .satisfiesExactlyInAnyOrder(
                        layout -> assertThat(layout.form()).contains("\"people\""),
                        layout -> assertThat(layout.form()).contains("\"speaker\""));
    }

    @Test
    void REN_3_ofALongTitleTheNameOfTheFileLeavesRoomForTheLayout() throws Exception {
        String title = "A title that is as long as a title can be. ".repeat(3).substring(0, 120);
        stage.ask("PATCH", "/recordings/" + recording, "{\"title\":\"" + title + "\"}");
        assertThat(json(ask(film("two-sided"))).at("/renditions/1/name").asText())
                .startsWith("A title that is as long")
                .endsWith(" - two-sided.mp4")
                .hasSizeLessThan(85);
    }

    @Test
    void REN_9_whatCannotBeIsRefusedWithTheReason() throws Exception {
        for (String body : List.of(
                "{\"kind\":\"mix\",\"format\":\"mp4\"}",
                "{\"kind\":\"composite\",\"format\":\"wmv\"}",
                "{\"kind\":\"film\",\"format\":\"mp4\"}",
                "{\"format\":\"mp4\"}",
                "{\"kind\":\"composite\"}",
                "{\"kind\":\"participant-sound\",\"format\":\"wav\"}",
                "{\"kind\":\"participant-sound\",\"format\":\"wav\",\"person\":\"ben\"}",
                "{\"kind\":\"mix\",\"format\":\"wav\",\"person\":\"anna\"}",
                "{\"kind\":\"mix\",\"format\":\"wav\",\"layout\":\"grid\"}",
                "{\"kind\":\"participant\",\"format\":\"webm\",\"person\":\"anna\",\"layout\":\"grid\"}")) {
            assertThat(outcome(ask(body))).as(body).isEqualTo("400 malformed-request");
        }
        for (String unknown : List.of("", "solo", "Lecture", UUID.randomUUID().toString())) {
            assertThat(outcome(ask(film(unknown)))).as(unknown).isEqualTo("404 no-such-layout");
        }
        UUID live = stage.live(stage.session("Now"), "Now");
        String wav = "{\"kind\":\"mix\",\"format\":\"wav\"}";
        assertThat(outcome(stage.ask("POST", "/recordings/" + live + "/renditions", wav)))
                .isEqualTo("409 not-ready");
        assertThat(outcome(stage.ask("POST", "/recordings/" + UUID.randomUUID() + "/renditions", wav)))
                .isEqualTo("404 no-such-recording");
        assertThat(stage.waiting()).isEmpty();
    }
}
