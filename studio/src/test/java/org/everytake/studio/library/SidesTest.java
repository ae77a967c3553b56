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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /api/v1/recordings/{recording}/sides} over real HTTP. */
class SidesTest {
    private static final byte[] FILM = {1, 2, 3};

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID recording;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        recording = stage.processing(stage.session("Weekly"), "Talk", "Anna", "Ben", "Carla");
        sent(1, "anna", "camera", 500);
        sent(2, "ben", "microphone", 500);
        sent(3, "carla", "camera", 0);
        stage.made(recording, stage.rendition(recording, Kind.COMPOSITE, null, "Talk.mp4"), FILM);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void sent(int take, String person, String kind, long packets) {
        stage.takes.put(recording, new TakeFacts(take, person, kind, "one", 0, 1000L, "left", packets, 0));
    }

    private HttpResponse<byte[]> ask() throws Exception {
        return stage.ask("POST", "/recordings/" + recording + "/sides", null);
    }

    private static List<String> files(JsonNode recording) {
        List<String> files = new ArrayList<>();
        recording.path("renditions").forEach(one -> {
            if (one.path("kind").asText().equals("participant")) {
                files.add(one.path("format").asText() + " " + one.path("name").asText() + " "
                        + one.path("state").asText());
            }
        });
        return files;
    }

    @Test
    void REN_10_theSidesOfWhoSentAnythingAreMadeOnce() throws Exception {
        var asked = ask();
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(files(json(asked))).containsExactly("webm Anna.webm queued", "webm Ben.webm queued");
        assertThat(json(ask())).isEqualTo(json(asked));
        assertThat(stage.waiting()).hasSize(2);
    }

    @Test
    void REN_10_oneThatCameOutInAnotherFormatIsThatSide() throws Exception {
        JsonNode asked = json(ask());
        UUID anna = side(asked, "Anna.webm");
        stage.rendition(recording, Kind.MIX, null, "Anna.mp4"); // somebody called the whole so
        stage.renditions.rendering(anna);
        stage.renditions.format(anna, RenditionFormat.MP4);
        assertThat(files(json(ask()))).containsExactly("mp4 Anna (2).mp4 rendering", "webm Ben.webm queued");
        String webm = "{\"kind\":\"participant\",\"format\":\"webm\",\"person\":\"anna\"}";
        var again = stage.ask("POST", "/recordings/" + recording + "/renditions", webm);
        assertThat(files(json(again))).hasSize(2);
    }

    @Test
    void REN_10_oneThatFailedIsMadeAgain() throws Exception {
        UUID ben = side(json(ask()), "Ben.webm");
        stage.renditions.rendering(ben);
        stage.renditions.failed(ben, "The disk is full.", stage.now());
        assertThat(files(json(ask()))).contains("webm Ben.webm queued");
    }

    @Test
    void REN_10_whileItRunsThereAreNone() throws Exception {
        recording = stage.live(stage.session("Now"), "Now");
        stage.takes.person(recording, "anna", "Anna");
        sent(1, "anna", "camera", 500);
        assertThat(outcome(ask())).isEqualTo("409 not-ready");
    }

    private static UUID side(JsonNode recording, String name) {
        for (JsonNode one : recording.path("renditions")) {
            if (one.path("name").asText().equals(name)) {
                return UUID.fromString(one.path("id").asText());
            }
        }
        throw new AssertionError("no " + name);
    }
}
