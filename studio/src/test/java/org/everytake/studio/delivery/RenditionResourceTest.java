package org.everytake.studio.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.outcome;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.Rendition.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of recordings over real HTTP, out of a real vault in which they lie sealed. */
class RenditionResourceTest {
    private static final byte[] BYTES = new byte[300_000];

    static {
        new Random(11).nextBytes(BYTES);
    }

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID recording;
    private UUID rendition;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        recording = stage.processing(stage.session("Weekly"), "Talk", "Anna");
        rendition = stage.rendition(recording, Kind.COMPOSITE, null, "Tälk – 1.mp4");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String path() {
        return path(recording, rendition.toString());
    }

    private static String path(UUID recording, String rendition) {
        return "/recordings/" + recording + "/renditions/" + rendition + "/content";
    }

    private HttpResponse<byte[]> made(String... headers) throws Exception {
        stage.made(recording, rendition, BYTES);
        return stage.get(path(), headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void LIB_2_theWholeFileIsWhatWasMade() throws Exception {
        var whole = made();
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(BYTES);
        assertThat(header(whole, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(whole, "Content-Length")).isEqualTo("300000");
        assertThat(header(whole, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(whole, "Content-Disposition")).startsWith("inline");

        var head = stage.ask("HEAD", path(), null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo("300000");
    }

    @Test
    void aDownloadHasItsName() throws Exception {
        made();
        assertThat(header(stage.get(path() + "?download"), "Content-Disposition"))
                .startsWith("attachment")
                .contains("filename=\"T_lk _ 1.mp4\"", "filename*=UTF-8''T%C3%A4lk%20%E2%80%93%201.mp4");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-99, 0, 100",
        "bytes=65530-65550, 65530, 65551",
        "bytes=299990-, 299990, 300000",
        "bytes=-10, 299990, 300000",
        "bytes=299990-999999, 299990, 300000"
    })
    void aRangeIsThatPartAndNoMore(String range, int from, int to) throws Exception {
        var part = made("Range", range);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(BYTES, from, to));
        assertThat(header(part, "Content-Range")).isEqualTo("bytes " + from + "-" + (to - 1) + "/300000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=300000-300010", "bytes=-0"})
    void aRangeBeyondTheEndIsRefused(String range) throws Exception {
        var refused = made("Range", range);
        assertThat(outcome(refused)).isEqualTo("416 range-not-satisfiable");
        assertThat(header(refused, "Content-Range")).isEqualTo("bytes */300000");
    }

    @Test
    void aDownloadGoesOnWhereItWasIfTheFileIsTheSame() throws Exception {
        String tag = header(made(), "ETag");
        assertThat(stage.get(path(), "Range", "bytes=100-199", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(stage.get(path(), "Range", "bytes=100-199", "If-Range", "\"other\"")
                        .body())
                .isEqualTo(BYTES);
        assertThat(stage.get(path(), "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void whatIsNotMadeYetSaysSo() throws Exception {
        assertThat(outcome(stage.get(path()))).isEqualTo("409 not-ready");
        stage.renditions.rendering(rendition);
        assertThat(outcome(stage.get(path()))).isEqualTo("409 not-ready");
        stage.renditions.failed(rendition, "No.", stage.now());
        assertThat(outcome(stage.get(path()))).isEqualTo("409 not-ready");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        made();
        UUID other = stage.processing(stage.session("Other"), "Other");
        for (String missing : List.of(
                path(recording, UUID.randomUUID().toString()),
                path(recording, "x"),
                path(other, rendition.toString()),
                path(UUID.randomUUID(), rendition.toString()))) {
            assertThat(outcome(stage.get(missing))).isEqualTo("404 no-such-rendition");
        }
    }

    @Test
    void whoseKeyIsDestroyedIsGone() throws Exception {
        made();
        stage.keys.destroy(recording.toString(), org.everytake.vault.KeyKind.RENDITIONS);
        assertThat(outcome(stage.get(path()))).isEqualTo("404 no-such-rendition");
    }
}
