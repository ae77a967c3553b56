package org.everytake.studio.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.studio.library.LibraryStage.ORGANISATION;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.http.Refused;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.library.LibraryStage;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.TestPeople;
import org.everytake.vault.StoppableS3;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreResourceTest {
    private static final String PATH = "/organisation/store";
    private static final String[] ALL_WELL = {"write well", "read well", "read-range well", "list well", "delete well"};

    @TempDir
    Path folder;

    private LibraryStage stage;
    private StoppableS3 s3;
    private TestPeople.Somebody admin;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        s3 = new StoppableS3();
        admin = stage.people.somebody(ORGANISATION, "Ada", Role.ADMIN);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
        s3.close();
    }

    private String body() {
        return body("acme", StoppableS3.ACCESS_KEY, StoppableS3.SECRET_KEY);
    }

    private String body(String prefix, String accessKey, String secret) {
        return """
                {"endpoint": "%s/", "bucket": "%s", "prefix": "%s", "pathStyle": true, "accessKey": "%s", "secretKey": "%s"}
                """.formatted(s3.endpoint(), StoppableS3.BUCKET, prefix, accessKey, secret);
    }

    private HttpResponse<byte[]> ask(String method, String path, @Nullable String body) throws Exception {
        return stage.ask(method, path, body, admin.cookie());
    }

    private JsonNode kept() throws Exception {
        return json(stage.get(PATH, admin.cookie()));
    }

    private List<String> tested(String body) throws Exception {
        List<String> steps = new ArrayList<>();
        json(ask("POST", PATH + "/test", body)).path("steps").forEach(step -> {
            String fault =
                    step.path("fault").isNull() ? "well" : step.path("fault").asText();
            steps.add(step.path("act").asText() + " " + fault);
        });
        return steps;
    }

    @Test
    void STO_1_newRecordingsGoIntoTheBucketThatAnAdminChoosesAndEarlierOnesStay() throws Exception {
        assertThat(kept().path("store").isNull()).isTrue();
        UUID session = stage.session("Talk");
        UUID earlier = stage.processing(session, "Earlier");

        assertThat(outcome(ask("PUT", PATH, body()))).isEqualTo("200");
        JsonNode store = kept().path("store");
        assertThat(store.path("endpoint").asText()).isEqualTo(s3.endpoint().toString());
        assertThat(store.path("copies").asText()).isEqualTo("aes256");
        UUID now = stage.processing(session, "Now");
        String name = "recordings/" + now + "/renditions/a";
        stage.shelf.putRendition(earlier, "recordings/" + earlier + "/renditions/a", out -> out.write(1));
        stage.shelf.putRendition(now, name, out -> out.write(1));
        assertThat(s3.keys()).containsExactly("acme/" + name);
        assertThat(stage.vault.list("recordings/")).hasSize(1);

        assertThat(outcome(ask("DELETE", PATH, null))).isEqualTo("204");
        assertThat(kept().path("store").isNull()).isTrue();
        assertThat(outcome(ask("DELETE", PATH, null))).isEqualTo("404 no-such-store");
        assertThat(stage.shelf.openRendition(now, name)).hasBinaryContent(new byte[] {1});
        assertThat(stage.recordings.storeOf(stage.processing(session, "Later"))).isEmpty();
    }

    @Test
    void STO_1_theSecretIsSealedAndNeverShown() throws Exception {
        HttpResponse<byte[]> chosen = ask("PUT", PATH, body());
        UUID id = UUID.fromString(json(chosen).path("store").path("id").asText());
        assertThat(new String(chosen.body(), StandardCharsets.UTF_8)).doesNotContain(StoppableS3.SECRET_KEY);
        byte[] row = stage.database.jdbi().withHandle(handle -> StoreTable.secret(handle, id));
        assertThat(new String(row, StandardCharsets.ISO_8859_1)).doesNotContain(StoppableS3.SECRET_KEY);
        assertThat(stage.stores.secret(id)).isEqualTo(StoppableS3.SECRET_KEY);
        assertThat(folder.resolve("keys/" + id + ".storage")).exists();
    }

    @Test
    void STO_1_theSecretMayBeLeftOutWhereItIsKnownAndNowhereElse() throws Exception {
        ask("PUT", PATH, body());
        String without = body("acme", StoppableS3.ACCESS_KEY, "");
        assertThat(outcome(ask("PUT", PATH, without))).isEqualTo("200");
        assertThat(tested(without)).containsExactly(ALL_WELL);
        HttpResponse<byte[]> elsewhere = ask("PUT", PATH, body("elsewhere", StoppableS3.ACCESS_KEY, ""));
        assertThat(outcome(elsewhere)).isEqualTo("400 malformed-request");
        assertThat(json(elsewhere).path("detail").asText()).contains("The secret key is missing");
    }

    @Test
    void STO_1_theTestSaysWhichStepFailedAndWhy() throws Exception {
        assertThat(tested(body())).containsExactly(ALL_WELL);
        assertThat(s3.keys()).isEmpty();
        assertThat(kept().path("store").isNull()).isTrue();
        assertThat(tested(body("acme", StoppableS3.ACCESS_KEY, "wrong")))
                .singleElement()
                .asString()
                .startsWith("write ")
                .contains("secret key");
        assertThat(tested(body("acme", "nobody", "wrong")))
                .singleElement()
                .asString()
                .contains("nobody");
        assertThat(tested(body().replace(s3.endpoint().toString(), "https://s3.invalid")))
                .singleElement()
                .asString()
                .contains("s3.invalid");
        s3.stop();
        assertThat(tested(body())).singleElement().asString().contains("cannot be reached");
    }

    @Test
    void STO_1_noTwoOrganisationsHaveTheSamePlace() throws Exception {
        ask("PUT", PATH, body());
        UUID other = stage.people.organisation("Other");
        var theirs = stage.people.somebody(other, "Otto", Role.ADMIN);
        assertThat(outcome(stage.ask("PUT", PATH, body(), theirs.cookie()))).isEqualTo("409 store-taken");
        String free = body("other", StoppableS3.ACCESS_KEY, StoppableS3.SECRET_KEY);
        assertThat(outcome(stage.ask("PUT", PATH, free, theirs.cookie()))).isEqualTo("200");
        assertThat(kept().path("store").path("prefix").asText()).isEqualTo("acme");
    }

    @Test
    void STO_1_onlyAdminsMay() throws Exception {
        var manager = stage.people.somebody(ORGANISATION, "Max", Role.MANAGER);
        assertThat(outcome(stage.get(PATH, manager.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("PUT", PATH, body(), manager.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", PATH + "/test", body(), manager.cookie())))
                .isEqualTo("403 not-allowed");
    }

    @Test
    void STO_1_anEndpointWithinTheServersNetworkIsRefusedUnlessTheOperatorAllowsIt() {
        var input =
                new StoreInput(s3.endpoint().toString(), null, "bucket", null, true, "key", "secret", null, null, null);
        var store = new OwnStore(UUID.randomUUID(), ORGANISATION, input.place(), "key", input.ways(), 0);
        StoreInput.check(store, "secret", new Reach(true));
        assertThatThrownBy(() -> StoreInput.check(store, "secret", new Reach(false)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("s3-local");
        // nor later, when the name leads elsewhere than it did
        var jdbi = stage.database.jdbi();
        try (var careful = new Stores(jdbi, stage.vault, stage.keys, stage::now, new SecureRandom(), false)) {
            assertThat(careful.probe(store, "secret").getFirst().fault()).contains("127.0.0.1", "may not connect");
        }
    }

    @Test
    void STO_1_whatIsWrongIsSaid() throws Exception {
        String endpoint = s3.endpoint().toString();
        for (String wrong : List.of(
                body().replace(endpoint, "ftp://example.org"),
                body().replace(endpoint, "http://s3.example.org"),
                body().replace("acme", "../up"),
                body().replace("\"recordings\"", "\"a/b\""))) {
            assertThat(outcome(ask("PUT", PATH, wrong))).as(wrong).isEqualTo("400 malformed-request");
        }
    }

    @Test
    void STO_1_aStoreThatIsAwayIsNamedToWhoeverWatchesAndToTheAdmin() throws Exception {
        ask("PUT", PATH, body());
        UUID recording = stage.processing(stage.session("Talk"), "Talk", "Anna");
        UUID file = stage.rendition(recording, Rendition.Kind.COMPOSITE, null, "Talk.mp4");
        stage.made(recording, file, "the film".getBytes(StandardCharsets.UTF_8));
        String content = "/recordings/" + recording + "/renditions/" + file + "/content";
        assertThat(stage.get(content).body()).asString(StandardCharsets.UTF_8).isEqualTo("the film");
        HttpResponse<byte[]> range = stage.get(content, "Range", "bytes=4-7");
        assertThat(range.body()).asString(StandardCharsets.UTF_8).isEqualTo("film");

        s3.stop();
        HttpResponse<byte[]> away = stage.get(content);
        assertThat(outcome(away)).isEqualTo("503 store-away");
        assertThat(json(away).path("detail").asText()).contains(StoppableS3.BUCKET, "cannot be reached");
        JsonNode trouble = kept().path("troubles").path(0);
        assertThat(trouble.path("sentence").asText()).contains("cannot be reached");

        s3.start();
        assertThat(outcome(stage.get(content))).isEqualTo("200");
        assertThat(kept().path("troubles")).isEmpty();
    }

    @Test
    void STO_1_aStoreInWhichNothingLiesIsForgottenWithItsKey() throws Exception {
        ask("PUT", PATH, body());
        UUID id = UUID.fromString(kept().path("store").path("id").asText());
        Path key = folder.resolve("keys/" + id + ".storage");
        tend();
        assertThat(key).exists();
        UUID recording = stage.processing(stage.session("Talk"), "Talk");
        ask("DELETE", PATH, null);
        tend();
        assertThat(stage.recordings.storeOf(recording)).contains(id);
        stage.database
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update recordings set deleted_at = now(), erasing_at = now(), erased_at = now()"));
        tend();
        assertThat(key).doesNotExist();
        assertThat(stage.database.jdbi().withHandle(StoreTable::all)).isEmpty();
    }

    private void tend() throws Exception {
        stage.stores.tending().work().run(new Job() {
            @Override
            public String subject() {
                return "";
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });
    }
}
