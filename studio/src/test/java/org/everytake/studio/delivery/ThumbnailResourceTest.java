package org.everytake.studio.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.outcome;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.SessionRole;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.everytake.studio.people.TestPeople.Somebody;
import org.everytake.vault.KeyKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of recordings over real HTTP, out of a real vault in which they lie sealed. */
class ThumbnailResourceTest {
    private static final byte[] PICTURE = new byte[9_000];

    static {
        new Random(7).nextBytes(PICTURE);
    }

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID session;
    private UUID recording;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        session = stage.session("Weekly");
        recording = stage.processing(session, "Talk", "Anna");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String path() {
        return "/recordings/" + recording + "/thumbnail";
    }

    private String picture() throws Exception {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PICTURE));
        stage.shelf.putRendition(recording, VaultShelf.thumbnailObject(recording), out -> out.write(PICTURE));
        stage.recordings.pictured(recording, sha256, PICTURE.length);
        return "\"" + sha256 + "\"";
    }

    private String asked(String[] headers) throws Exception {
        return outcome(stage.get(path(), headers));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void LIB_2_aPictureIsWhatWasMadeAndMayBeKept() throws Exception {
        String tag = picture();
        String address = LibraryStage.json(stage.get("/recordings/" + recording))
                .path("thumbnail")
                .asText();
        assertThat(address).startsWith("/api/v1" + path());

        var whole = stage.get(path());
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(PICTURE);
        assertThat(header(whole, "Content-Type")).isEqualTo("image/jpeg");
        assertThat(header(whole, "Content-Length")).isEqualTo("9000");
        assertThat(header(whole, "ETag")).isEqualTo(tag);
        assertThat(whole.headers().allValues("Cache-Control")).containsExactly("private, max-age=3600");
        assertThat(header(whole, "X-Content-Type-Options")).isEqualTo("nosniff");

        var head = stage.ask("HEAD", path(), null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "Content-Length")).isEqualTo("9000");
        assertThat(header(head, "ETag")).isEqualTo(tag);
    }

    @Test
    void whoHasItAlreadyIsToldSoAndAPartIsThatPart() throws Exception {
        String tag = picture();
        var same = stage.get(path(), "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(header(same, "ETag")).isEqualTo(tag);
        assertThat(header(same, "Cache-Control")).isEqualTo("private, max-age=3600");
        assertThat(stage.get(path(), "If-None-Match", "\"other\"").body()).isEqualTo(PICTURE);

        var part = stage.get(path(), "Range", "bytes=100-199");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(PICTURE, 100, 200));
        assertThat(outcome(stage.get(path(), "Range", "bytes=9000-"))).isEqualTo("416 range-not-satisfiable");
    }

    @Test
    void beforeThereIsOneItIsNotFound() throws Exception {
        assertThat(outcome(stage.get(path()))).isEqualTo("404 no-such-thumbnail");
        assertThat(LibraryStage.json(stage.get("/recordings/" + recording))
                        .path("thumbnail")
                        .isNull())
                .isTrue();
        assertThat(outcome(stage.get("/recordings/" + UUID.randomUUID() + "/thumbnail")))
                .isEqualTo("404 no-such-recording");
        assertThat(outcome(stage.get("/recordings/x/thumbnail"))).isEqualTo("404 no-such-recording");
    }

    @Test
    void ORG_1_onlyWhoSeesTheRecordingSeesItsPicture() throws Exception {
        picture();
        UUID organisation = LibraryStage.ORGANISATION;
        Somebody coHost = stage.people.somebody(organisation, "Bo", Role.MEMBER);
        Somebody member = stage.people.somebody(organisation, "Cleo", Role.MEMBER);
        Somebody manager = stage.people.somebody(organisation, "Dora", Role.MANAGER);
        Somebody other = stage.people.somebody(organisation, "Eve", Role.ADMIN);
        Somebody stranger = stage.people.somebody(stage.people.organisation("Beta"), "Finn", Role.ADMIN);
        stage.people(
                session,
                Map.of(
                        stage.host.email(), SessionRole.HOST,
                        coHost.email(), SessionRole.CO_HOST,
                        member.email(), SessionRole.INVITED,
                        manager.email(), SessionRole.INVITED));

        assertThat(asked(stage.host.cookie())).isEqualTo("200");
        assertThat(asked(coHost.cookie())).isEqualTo("200");
        assertThat(asked(manager.cookie())).isEqualTo("200");
        assertThat(asked(stage.people.key(coHost, Scope.RECORDINGS_READ))).isEqualTo("200");
        for (Somebody somebody : new Somebody[] {member, other, stranger}) {
            assertThat(asked(somebody.cookie())).as(somebody.name()).isEqualTo("404 no-such-recording");
        }
        assertThat(asked(stage.people.key(coHost, Scope.SESSIONS_READ))).isEqualTo("403 not-allowed");
        assertThat(asked(new String[] {"Cookie", "everytake=nobody"})).isEqualTo("401 not-signed-in");
    }

    @Test
    void ofWhatIsDeletedOrErasedThereIsNone() throws Exception {
        picture();
        assertThat(stage.ask("DELETE", "/recordings/" + recording, null).statusCode())
                .isEqualTo(200);
        assertThat(outcome(stage.get(path()))).isEqualTo("404 no-such-recording");
        stage.passes(Duration.ofSeconds(5));
        assertThat(stage.ask("POST", "/recordings/" + recording + "/restore", null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(stage.get(path()).statusCode()).isEqualTo(200);
        stage.keys.destroy(recording.toString(), KeyKind.RENDITIONS);
        assertThat(outcome(stage.get(path()))).isEqualTo("404 no-such-thumbnail");
    }
}
