package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.people.PeopleStage.FIRST;
import static org.everytake.studio.people.PeopleStage.outcome;
import static org.everytake.studio.people.PeopleStage.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.everytake.studio.people.TestPeople.Somebody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysTest {
    private PeopleStage stage;
    private Somebody anna;

    @BeforeEach
    void open() throws Exception {
        stage = new PeopleStage();
        anna = stage.people.somebody(FIRST, "Anna", Role.ADMIN);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private HttpResponse<String> make(String body) throws Exception {
        return stage.ask("POST", "/keys", body, anna.cookie());
    }

    private HttpResponse<String> with(String key, String path) throws Exception {
        return stage.ask("GET", path, null, "Authorization", "Bearer " + key);
    }

    @Test
    void ORG_9_aKeyIsShownOnceAndGoodForItsScopes() throws Exception {
        HttpResponse<String> made =
                make("{\"name\":\" Backup \",\"scopes\":[\"organisation:read\",\"sessions:read\"]}");
        assertThat(made.statusCode()).isEqualTo(201);
        String key = read(made).path("key").asText();
        assertThat(key).matches("etk_[A-Za-z0-9_-]{43}");
        assertThat(read(made).path("hint").asText()).isEqualTo(key.substring(key.length() - 4));

        assertThat(read(with(key, "/me")).path("means").asText()).isEqualTo("key");
        assertThat(outcome(with(key, "/members"))).isEqualTo("200");
        assertThat(outcome(stage.ask("PATCH", "/organisation", "{\"name\":\"x\"}", "Authorization", "Bearer " + key)))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(with(key, "/keys"))).isEqualTo("403 not-allowed");
        JsonNode listed = read(stage.ask("GET", "/keys", null, anna.cookie())).at("/keys/0");
        assertThat(listed.has("key")).isFalse();
        assertThat(listed.path("name").asText()).isEqualTo("Backup");
        assertThat(listed.path("scopes").toString()).isEqualTo("[\"sessions:read\",\"organisation:read\"]");
        assertThat(listed.path("usedAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(stage.noted()).first().isEqualTo("Anna key-made");
    }

    @Test
    void aKeyEndsWhenItWasSaidAndWhenItIsRevoked() throws Exception {
        String scopes = "\"scopes\":[\"sessions:read\"]";
        String ending = read(make("{\"name\":\"a\"," + scopes + ",\"expiresAt\":\"2026-11-22T13:00:00Z\"}"))
                .path("key")
                .asText();
        JsonNode lasting = read(make("{\"name\":\"b\"," + scopes + "}"));
        assertThat(outcome(with(ending, "/me"))).isEqualTo("200");
        stage.passes(Duration.ofHours(1));
        assertThat(outcome(with(ending, "/me"))).isEqualTo("401 not-signed-in");

        String path = "/keys/" + lasting.path("id").asText();
        Somebody ben = stage.people.somebody(FIRST, "Ben", Role.ADMIN);
        assertThat(outcome(stage.ask("DELETE", path, null, ben.cookie()))).isEqualTo("404 no-such-key");
        assertThat(outcome(with(lasting.path("key").asText(), "/me"))).isEqualTo("200");
        assertThat(outcome(stage.ask("DELETE", path, null, anna.cookie()))).isEqualTo("204");
        assertThat(outcome(with(lasting.path("key").asText(), "/me"))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("DELETE", path, null, anna.cookie()))).isEqualTo("404 no-such-key");
    }

    @Test
    void aForgedKeyIsNobodyEvenInABrowserThatIsSignedIn() throws Exception {
        assertThat(outcome(with("etk_" + "a".repeat(43), "/me"))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask(
                        "GET", "/me", null, PeopleStage.with(anna.cookie(), "Authorization", "Bearer etk_forged"))))
                .isEqualTo("401 not-signed-in");
    }

    @Test
    void whatIsNoKeyIsOneSentence() throws Exception {
        assertThat(outcome(make("{\"name\":\"a\",\"scopes\":[]}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(make("{\"name\":\"a\",\"scopes\":[\"all\"]}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(make("{\"name\":\"a\",\"scopes\":[null]}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(make("{\"scopes\":[\"sessions:read\"]}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(
                        make("{\"name\":\"a\",\"scopes\":[\"sessions:read\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}")))
                .isEqualTo("400 malformed-request");
        assertThat(outcome(make("{\"name\":\"a\",\"scopes\":[\"sessions:read\"],\"expiresAt\":\"soon\"}")))
                .isEqualTo("400 malformed-request");
    }

    @Test
    void ORG_9_adminsSeeAndRevokeEverybodysKeysOfTheirOrganisation() throws Exception {
        Somebody ben = stage.people.somebody(FIRST, "Ben", Role.MEMBER);
        Somebody mara = stage.people.somebody(FIRST, "Mara", Role.MANAGER);
        Somebody olga = stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);
        String[] bens = stage.people.key(ben, Scope.SESSIONS_READ);
        stage.passes(Duration.ofSeconds(1));
        stage.people.key(anna, Scope.SESSIONS_READ);
        stage.people.key(olga, Scope.SESSIONS_READ);

        JsonNode keys = read(stage.ask("GET", "/organisation/keys", null, anna.cookie()))
                .path("keys");
        assertThat(keys.findValuesAsText("owner")).containsExactly("Anna", "Ben");
        assertThat(keys.at("/1/account").asText()).isEqualTo(ben.account().toString());
        String path = "/organisation/keys/" + keys.at("/1/id").asText();
        for (Somebody other : new Somebody[] {ben, mara}) {
            assertThat(outcome(stage.ask("GET", "/organisation/keys", null, other.cookie())))
                    .isEqualTo("403 not-allowed");
            assertThat(outcome(stage.ask("DELETE", path, null, other.cookie()))).isEqualTo("403 not-allowed");
        }
        assertThat(outcome(stage.ask("DELETE", path, null, olga.cookie()))).isEqualTo("404 no-such-key");
        assertThat(outcome(stage.ask("GET", "/me", null, bens))).isEqualTo("200");

        assertThat(outcome(stage.ask("DELETE", path, null, anna.cookie()))).isEqualTo("204");
        assertThat(outcome(stage.ask("GET", "/me", null, bens))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("DELETE", path, null, anna.cookie()))).isEqualTo("404 no-such-key");
        assertThat(stage.noted()).first().isEqualTo("Anna key-revoked");
        JsonNode entry = read(stage.ask("GET", "/audit", null, anna.cookie())).at("/entries/0");
        assertThat(entry.path("detail").asText()).isEqualTo("Ben: Program");
    }
}
