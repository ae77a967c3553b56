package org.everytake.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.everytake.bench.server.Api;
import org.everytake.bench.server.Await;
import org.everytake.e2e.browser.Firefox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every file that can be made of a recording, in the browsers of two makers and under the eyes of FFmpeg's own tool. */
@ExtendWith(World.Resolver.class)
class OutputsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** QuickTime is for editors: Firefox plays none. */
    private static final String EDITORS_ONLY = "video/quicktime";

    /** Plays a file to its end, fast; gives its length in seconds, or what went wrong. */
    private static final String PLAY = """
            async (address, kind) => {
              const media = document.createElement(kind);
              media.muted = true;
              media.src = address;
              document.body.append(media);
              const end = new Promise((resolve) => {
                media.onended = () => resolve(kind === 'video' && !media.videoWidth ? 'no picture' : `${media.duration}`);
                media.onerror = () => resolve(`error ${media.error.code}: ${media.error.message}`);
                setTimeout(() => resolve(`stuck at ${media.currentTime} of ${media.duration}`), 60000);
              });
              media.playbackRate = 4;
              media.play().catch(() => {});
              const how = await end;
              media.remove();
              return how;
            }
            """;

    @Test
    void REN_1_everyOutputPlaysInChromiumAndFirefoxAndNoToolWarnsOfIt(World world) throws Exception {
        Api api = world.api();
        String id = world.recordedCall().recording().path("id").asText();
        for (String format : List.of("mp4-ld", "mp4-sd", "mp4-hd", "mp4-1080p", "webm-vp8", "webm-vp9", "webm-av1")) {
            ask(api, id, "composite", format);
        }
        ask(api, id, "mix", "wav");
        ask(api, id, "mix", "flac");
        api.post("recordings/" + id + "/sides", null, Map.of()).orFail();
        List<JsonNode> media = media(api, id);
        assertThat(media.size()).isGreaterThan(14);
        SoftAssertions softly = new SoftAssertions();
        try (Page page = world.chromium().page(api);
                Firefox firefox = Firefox.open(List.of())) {
            firefox.signIn(api);
            page.navigate(api.server().toString());
            firefox.navigate(api.server());
            JsonNode recording = api.recording(id);
            for (JsonNode rendition : media) {
                String name = rendition.path("name").asText();
                String address = "/api/v1/" + Api.content(recording, rendition);
                String kind = rendition.path("contentType").asText().startsWith("audio") ? "audio" : "video";
                double seconds = rendition.path("durationMillis").asLong() / 1e3;
                assertLength(
                        softly,
                        name + " in Chromium",
                        page.evaluate("([address, kind]) => (" + PLAY + ")(address, kind)", List.of(address, kind)),
                        seconds);
                if (!rendition.path("contentType").asText().equals(EDITORS_ONLY)) {
                    String told = firefox.call(PLAY, address, kind).asText();
                    assertLength(softly, name + " in " + firefox.version(), told, seconds);
                }
                softly.assertThat(complaints(api, recording, rendition, world.folder()))
                        .as(name)
                        .isEmpty();
            }
        }
        softly.assertAll();
    }

    private static void ask(Api api, String recording, String kind, String format) throws Exception {
        api.post("recordings/" + recording + "/renditions", null, Map.of("kind", kind, "format", format))
                .orFail();
    }

    /** All that can be seen or heard, once it is made. */
    private static List<JsonNode> media(Api api, String id) throws Exception {
        Await.until("everything is made", PATIENCE, () -> {
            for (JsonNode rendition : api.recording(id).path("renditions")) {
                String state = rendition.path("state").asText();
                assertThat(state).as(rendition.toString()).isNotEqualTo("failed");
                if (!state.equals("ready")) {
                    return false;
                }
            }
            return true;
        });
        List<JsonNode> media = new ArrayList<>();
        api.recording(id).path("renditions").forEach(rendition -> {
            if (rendition.path("contentType").asText().matches("(audio|video)/.*")) {
                media.add(rendition);
            }
        });
        return media;
    }

    private static void assertLength(SoftAssertions softly, String what, Object told, double seconds) {
        String text = String.valueOf(told);
        if (text.matches("[0-9.]+")) {
            softly.assertThat(Double.parseDouble(text)).as(what).isCloseTo(seconds, within(0.1));
        } else {
            softly.fail(what + ": " + text);
        }
    }

    private static String complaints(Api api, JsonNode recording, JsonNode rendition, Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("output-" + rendition.path("id").asText());
        api.download(Api.content(recording, rendition), file);
        Process probe = new ProcessBuilder(
                        "ffprobe", "-v", "warning", "-show_streams", "-count_packets", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String complaints = new String(probe.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).isZero();
        return complaints;
    }
}
