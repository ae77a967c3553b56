package org.everytake.studio.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.library.Companion;
import org.everytake.studio.library.CompanionStore;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.everytake.studio.people.TestPeople.Somebody;
import org.everytake.vault.KeyKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes with a film over real HTTP, out of a real vault in which it lies sealed. */
class CompanionResourceTest {
    private static final byte[] VTT =
            "WEBVTT\n\n00:00:00.000 --> 00:00:09.000\nStart\n".getBytes(StandardCharsets.UTF_8);

    /** Two channels of five pixels. */
    private static final byte[] WAVEFORM = """
            {
              "version": 2,
              "channels": 2,
              "sample_rate": 48000,
              "samples_per_pixel": 960,
              "bits": 8,
              "length": 5,
              "voices": [
                {"person": "a", "name": "Anna"}
              ],
              "data": [
                -1,1,0,0,
                -9,2,-3,4,
                -2,8,-1,9,
                0,0,-4,3,
                -7,7,0,0
              ]
            }""".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID recording;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        recording = stage.processing(stage.session("Weekly"), "Talk", "Anna");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String path(String companion) {
        return "/recordings/" + recording + "/" + companion;
    }

    /** Its tag. */
    private String keep(Companion.Kind kind, byte[] bytes) throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        stage.shelf.putRendition(recording, VaultShelf.companionObject(recording, kind), out -> out.write(bytes));
        new CompanionStore(stage.database.jdbi()).keep(recording, new Companion(kind, bytes.length, sha256));
        return "\"" + sha256 + "\"";
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private List<String> listed() throws Exception {
        List<String> words = new ArrayList<>();
        LibraryStage.json(stage.get("/recordings/" + recording))
                .path("companions")
                .forEach(one -> words.add(one.asText()));
        return words;
    }

    @Test
    void REN_4_eachIsWhatWasMadeAndIsListedOnceItIsThere() throws Exception {
        assertThat(listed()).isEmpty();
        String tag = keep(Companion.Kind.CHAPTERS_VTT, VTT);
        keep(Companion.Kind.POSTER, new byte[] {1, 2, 3});
        assertThat(listed()).containsExactlyInAnyOrder("poster", "chapters.vtt");

        var whole = stage.get(path("chapters.vtt"));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(VTT);
        assertThat(header(whole, "Content-Type")).isEqualToIgnoringCase("text/vtt;charset=utf-8");
        assertThat(header(whole, "ETag")).isEqualTo(tag);
        assertThat(whole.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(stage.get(path("chapters.vtt"), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        var head = stage.ask("HEAD", path("chapters.vtt"), null);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(VTT.length));
        var part = stage.get(path("poster"), "Range", "bytes=1-1");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(new byte[] {2});
        assertThat(header(part, "Content-Type")).isEqualTo("image/jpeg");
    }

    @Test
    void oneThatIsMadeAnewIsAnother() throws Exception {
        String before = keep(Companion.Kind.CHAPTERS, new byte[] {1});
        String after = keep(Companion.Kind.CHAPTERS, new byte[] {2, 2});
        var answer = stage.get(path("chapters"), "If-None-Match", before);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(new byte[] {2, 2});
        assertThat(header(answer, "ETag")).isEqualTo(after);
    }

    @Test
    void aWaveformCanBeHadInFewerPixels() throws Exception {
        keep(Companion.Kind.WAVEFORM, WAVEFORM);
        assertThat(stage.get(path("waveform")).body()).isEqualTo(WAVEFORM);
        JsonNode two = LibraryStage.json(stage.get(path("waveform") + "?pixels=2"));
        assertThat(two.path("length").asInt()).isEqualTo(2);
        assertThat(two.path("samples_per_pixel").asInt()).isEqualTo(3 * 960);
        assertThat(two.path("sample_rate").asInt()).isEqualTo(48_000);
        assertThat(two.path("voices").path(0).path("name").asText()).isEqualTo("Anna");
        assertThat(two.path("data").toString()).isEqualTo("[-9,8,-3,9,-7,7,-4,3]");
        JsonNode many = LibraryStage.json(stage.get(path("waveform") + "?pixels=600"));
        assertThat(many.path("length").asInt()).isEqualTo(5);
        assertThat(many.path("data")).hasSize(20);
        var one = stage.get(path("waveform") + "?pixels=1");
        assertThat(LibraryStage.json(one).path("data").toString()).isEqualTo("[-9,8,-4,9]");
        assertThat(header(one, "ETag")).isNotEqualTo(header(stage.get(path("waveform")), "ETag"));
        for (String wrong : new String[] {"0", "-1", "x", "", "1000000", "99999999999"}) {
            assertThat(outcome(stage.get(path("waveform") + "?pixels=" + wrong)))
                    .as(wrong)
                    .isEqualTo("400 malformed-request");
        }
    }

    @Test
    void beforeThereIsOneItIsNotFound() throws Exception {
        for (Companion.Kind kind : Companion.Kind.values()) {
            assertThat(outcome(stage.get(path(kind.word())))).isEqualTo("404 no-such-rendition");
        }
        assertThat(outcome(stage.get("/recordings/" + UUID.randomUUID() + "/poster")))
                .isEqualTo("404 no-such-recording");
    }

    @Test
    void ORG_1_onlyWhoSeesTheRecordingSeesWhatGoesWithIt() throws Exception {
        keep(Companion.Kind.POSTER, new byte[] {1});
        Somebody stranger = stage.people.somebody(stage.people.organisation("Beta"), "Finn", Role.ADMIN);
        Somebody other = stage.people.somebody(LibraryStage.ORGANISATION, "Eve", Role.ADMIN);
        for (Somebody somebody : new Somebody[] {stranger, other}) {
            assertThat(outcome(stage.get(path("poster"), somebody.cookie())))
                    .as(somebody.name())
                    .isEqualTo("404 no-such-recording");
        }
        assertThat(outcome(stage.get(path("poster"), stage.people.key(stage.host, Scope.SESSIONS_READ))))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(stage.get(path("poster"), "Cookie", "everytake=nobody")))
                .isEqualTo("401 not-signed-in");
    }

    @Test
    void ofWhatIsErasedThereIsNone() throws Exception {
        keep(Companion.Kind.POSTER, new byte[] {1});
        stage.keys.destroy(recording.toString(), KeyKind.RENDITIONS);
        assertThat(outcome(stage.get(path("poster")))).isEqualTo("404 no-such-rendition");
        stage.database.jdbi().useHandle(handle -> CompanionStore.forget(handle, recording));
        assertThat(listed()).isEmpty();
    }
}
