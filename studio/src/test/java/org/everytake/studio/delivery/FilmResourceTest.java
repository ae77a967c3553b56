package org.everytake.studio.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.ORGANISATION;
import static org.everytake.studio.library.LibraryStage.outcome;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.library.Film;
import org.everytake.studio.library.FilmStore;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces of films over real HTTP, out of a real vault in which they lie sealed. */
class FilmResourceTest {
    private static final byte[] BEGINNING = "beginning".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private LibraryStage stage;
    private FilmStore films;
    private UUID recording;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        films = new FilmStore(stage.database.jdbi());
        recording = stage.processing(stage.session("Weekly"), "Talk", "Anna");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String path(String name) {
        return "/recordings/" + recording + "/film" + name;
    }

    private void piece(int number, String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        stage.shelf.putRendition(recording, VaultShelf.pieceObject(recording, number), out -> out.write(bytes));
        films.add(recording, number, new Film.Piece(3_200_000_000L, bytes.length));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.US_ASCII);
    }

    @Test
    void REN_8_whatIsThereOfAFilmCanBeWatched() throws Exception {
        assertThat(outcome(stage.get(path("/playlist.m3u8")))).isEqualTo("404 no-such-rendition");
        assertThat(films.begun(recording, BEGINNING)).isTrue();
        assertThat(films.begun(recording, BEGINNING)).isTrue();
        assertThat(films.begun(recording, new byte[] {1})).isFalse();
        piece(0, "first");
        HttpResponse<byte[]> growing = stage.get(path("/playlist.m3u8"));
        assertThat(growing.headers().firstValue("Content-Type").orElse("")).startsWith("application/vnd.apple.mpegurl");
        assertThat(growing.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(text(growing)).contains("0.m4s").doesNotContain("1.m4s", "ENDLIST");
        piece(1, "second");
        films.over(recording);
        assertThat(text(stage.get(path("/playlist.m3u8")))).contains("1.m4s", "#EXT-X-ENDLIST");
        assertThat(stage.get(path("/beginning.mp4")).body()).isEqualTo(BEGINNING);
        assertThat(text(stage.get(path("/1.m4s")))).isEqualTo("second");
        assertThat(text(stage.get(path("/0.m4s"), "Range", "bytes=1-2"))).isEqualTo("ir");
        for (String missing : List.of("/2.m4s", "/-1.m4s", "/x", "/99999999999.m4s")) {
            assertThat(outcome(stage.get(path(missing)))).isEqualTo("404 no-such-rendition");
        }
    }

    @Test
    void REN_8_whoeverMayWatchMayHaveItFilmed() throws Exception {
        assertThat(films.isAskedFor(recording)).isFalse();
        assertThat(stage.ask("POST", path(""), null).statusCode()).isEqualTo(202);
        assertThat(films.isAskedFor(recording)).isTrue();
        assertThat(stage.missing).as("its files are being made").isEmpty();
    }

    @Test
    void REN_8_anOrganisationChoosesWhenFilmsAreMade() throws Exception {
        String[] admin = stage.people.somebody(ORGANISATION, "Ada", Role.ADMIN).cookie();
        assertThat(text(stage.get("/organisation/films", admin))).contains("always");
        HttpResponse<byte[]> chosen = stage.ask("PUT", "/organisation/films", "{\"films\": \"on-first-view\"}", admin);
        assertThat(chosen.statusCode()).isEqualTo(200);
        assertThat(text(stage.get("/organisation/films", admin))).contains("on-first-view");
        assertThat(films.isWanted(recording)).isFalse();
        films.want(recording, stage.now());
        assertThat(films.isWanted(recording)).isTrue();
        assertThat(outcome(stage.ask("PUT", "/organisation/films", "{\"films\": \"sometimes\"}", admin)))
                .isEqualTo("400 malformed-request");
    }
}
