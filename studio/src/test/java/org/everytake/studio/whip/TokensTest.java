package org.everytake.studio.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.whip.WhipStage.bearer;
import static org.everytake.studio.whip.WhipStage.json;
import static org.everytake.studio.whip.WhipStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.UUID;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.everytake.studio.people.TestPeople.Somebody;
import org.everytake.studio.signal.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens of encoders and players: who makes them, what they open, and how they end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
    private WhipStage stage;
    private UUID session;
    private String all;

    @BeforeAll
    void open() throws Exception {
        stage = new WhipStage();
    }

    @BeforeEach
    void session() throws Exception {
        session = stage.session("video");
        all = "/sessions/" + session + "/tokens";
    }

    @AfterAll
    void close() {
        stage.close();
    }

    private JsonNode listed() throws Exception {
        return json(stage.ask("GET", all, null, stage.host.cookie())).path("tokens");
    }

    @Test
    void CAP_13_aTokenIsShownOnceAndListedWithItsLastUse() throws Exception {
        JsonNode made = stage.make(session, " Stage ", "watch", "publish");
        String secret = made.path("token").asText();
        assertThat(secret).matches("ett_[A-Za-z0-9_-]{43}");
        assertThat(made.path("hint").asText()).isEqualTo(secret.substring(secret.length() - 4));

        JsonNode token = listed().path(0);
        assertThat(token.has("token")).isFalse();
        assertThat(token.path("name").asText()).isEqualTo("Stage");
        assertThat(token.path("may").toString()).isEqualTo("[\"publish\",\"watch\"]");
        assertThat(token.path("usedAt").isNull()).isTrue();
        assertThat(token.path("publishing").asBoolean()).isFalse();

        String location = stage.publish(stage.peer("obs"), session, secret);
        assertThat(listed().path(0).path("usedAt").asText())
                .isEqualTo(stage.now().toString());
        assertThat(listed().path(0).path("publishing").asBoolean()).isTrue();
        stage.ask("DELETE", location, null, bearer(secret));
        assertThat(listed().path(0).path("publishing").asBoolean()).isFalse();
    }

    @Test
    void CAP_13_revokingATokenEndsWhatIsSentByIt() throws Exception {
        JsonNode made = stage.make(session, "Stage", "publish");
        String secret = made.path("token").asText();
        String location = stage.publish(stage.peer("obs"), session, secret);

        String path = all + "/" + made.path("id").asText();
        assertThat(outcome(stage.ask("DELETE", path, null, stage.host.cookie())))
                .isEqualTo("204");

        assertThat(stage.inside(session)).isEmpty();
        assertThat(outcome(stage.ask("DELETE", location, null, bearer(secret)))).isEqualTo("401 wrong-token");
        assertThat(outcome(stage.post("/whip", secret, stage.peer("obs").offer(WhipStage.clip()))))
                .isEqualTo("401 wrong-token");
        assertThat(outcome(stage.ask("DELETE", path, null, stage.host.cookie())))
                .isEqualTo("404 no-such-token");
        assertThat(listed()).isEmpty();
    }

    @Test
    void CAP_13_aTokenThatExpiresEndsWhatIsSentByIt() throws Exception {
        String until = stage.now().plusSeconds(3600).toString();
        String body = "{\"name\":\"Stage\",\"may\":[\"publish\"],\"expiresAt\":\"" + until + "\"}";
        String secret = json(stage.ask("POST", all, body, stage.host.cookie()))
                .path("token")
                .asText();
        stage.publish(stage.peer("obs"), session, secret);

        stage.passes(Duration.ofMinutes(59));
        assertThat(stage.inside(session)).hasSize(1);
        stage.passes(Duration.ofMinutes(1));

        Await.until("they have left", () -> stage.rooms.live(session.toString()) == 0);
        assertThat(outcome(stage.ask("GET", "/whip/" + UUID.randomUUID(), null, bearer(secret))))
                .isEqualTo("401 wrong-token");
    }

    @Test
    void CAP_13_aTokenOpensOnlyWhatItSaysAndOnlyItsOwn() throws Exception {
        String watching = stage.token(session, "Foyer", "watch");
        assertThat(outcome(stage.post("/whip", watching, stage.peer("obs").offer(WhipStage.clip()))))
                .isEqualTo("403 not-allowed");

        String mine = stage.token(session, "Mine", "publish");
        String others = stage.token(stage.session("video"), "Others", "publish");
        String location = stage.publish(stage.peer("obs"), session, mine);
        assertThat(outcome(stage.ask("DELETE", location, null, bearer(others)))).isEqualTo("404 no-such-connection");
        assertThat(outcome(stage.ask("DELETE", "/whip/no-id", null, bearer(mine))))
                .isEqualTo("404 no-such-connection");
        assertThat(stage.inside(session)).hasSize(1);
    }

    @Test
    void CAP_13_aTokenEndsWithItsSession() throws Exception {
        String secret = stage.token(session, "Stage", "publish");

        stage.ask("DELETE", "/sessions/" + session, null, stage.host.cookie());

        assertThat(outcome(stage.post("/whip", secret, stage.peer("obs").offer(WhipStage.clip()))))
                .isEqualTo("401 wrong-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer ",
                "Bearer ett_",
                "Basic YTpi",
                "Bearer ett_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void CAP_13_whatIsNoTokenOpensNothing(String header) throws Exception {
        String[] headers = header.isEmpty()
                ? new String[] {"Content-Type", WhipStage.SDP}
                : new String[] {"Authorization", header, "Content-Type", WhipStage.SDP};
        var answer = stage.ask("POST", "/whip", "v=0\r\n", headers);

        assertThat(outcome(answer)).isEqualTo("401 wrong-token");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void CAP_13_neitherKeysNorCookiesAreTokens() throws Exception {
        String[] key = stage.people.key(stage.host, Scope.values());
        for (String[] headers : new String[][] {key, stage.host.cookie()}) {
            assertThat(outcome(stage.ask("POST", "/whip", "v=0\r\n", headers))).isEqualTo("401 wrong-token");
        }
    }

    @Test
    void ORG_9_onlyHostAndCoHostsSeeAndMakeTokens() throws Exception {
        Somebody bea = stage.people.somebody(stage.host.organisation(), "Bea " + session, Role.MEMBER);
        Somebody olga = stage.people.somebody(stage.people.organisation("Other"), "Olga " + session, Role.ADMIN);
        String body = "{\"name\":\"Stage\",\"may\":[\"publish\"]}";
        JsonNode made = stage.make(session, "Stage", "publish");
        String one = all + "/" + made.path("id").asText();
        for (Somebody other : new Somebody[] {bea, olga}) {
            assertThat(outcome(stage.ask("GET", all, null, other.cookie()))).isEqualTo("404 no-such-session");
            assertThat(outcome(stage.ask("POST", all, body, other.cookie()))).isEqualTo("404 no-such-session");
            assertThat(outcome(stage.ask("DELETE", one, null, other.cookie()))).isEqualTo("404 no-such-session");
        }
        stage.ask("PATCH", "/sessions/" + session, "{\"invited\":[\"" + bea.email() + "\"]}", stage.host.cookie());
        assertThat(outcome(stage.ask("GET", all, null, bea.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", all, body, bea.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("DELETE", one, null, bea.cookie()))).isEqualTo("403 not-allowed");
        stage.ask(
                "PATCH",
                "/sessions/" + session,
                "{\"coHosts\":[\"" + bea.email() + "\"],\"invited\":[]}",
                stage.host.cookie());
        assertThat(outcome(stage.ask("POST", all, body, bea.cookie()))).isEqualTo("201");
        // Of another session of mine it is not there either.
        UUID second = stage.session("video");
        assertThat(outcome(stage.ask(
                        "DELETE",
                        "/sessions/" + second + "/tokens/" + made.path("id").asText(),
                        null,
                        stage.host.cookie())))
                .isEqualTo("404 no-such-token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"may\":[\"publish\"]}",
                "{\"name\":\"a\"}",
                "{\"name\":\"a\",\"may\":[]}",
                "{\"name\":\"a\",\"may\":[null]}",
                "{\"name\":\"a\",\"may\":[\"record\"]}",
                "{\"name\":\"\",\"may\":[\"publish\"]}",
                "{\"name\":\"a\\u202eb\",\"may\":[\"publish\"]}",
                "{\"name\":\"a\",\"may\":[\"publish\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"name\":\"a\",\"may\":[\"publish\"],\"expiresAt\":\"soon\"}"
            })
    void whatIsNoTokenToBeMadeIsOneSentence(String body) throws Exception {
        assertThat(outcome(stage.ask("POST", all, body, stage.host.cookie()))).isEqualTo("400 malformed-request");
    }
}
