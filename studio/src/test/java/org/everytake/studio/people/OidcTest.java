package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.everytake.studio.people.PeopleStage.FIRST;
import static org.everytake.studio.people.PeopleStage.json;
import static org.everytake.studio.people.PeopleStage.outcome;
import static org.everytake.studio.people.PeopleStage.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Settings;
import org.everytake.studio.people.TestPeople.Somebody;
import org.everytake.studio.people.oidc.OidcTrouble;
import org.everytake.studio.people.oidc.Provider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private SmallProvider provider;
    private PeopleStage stage;

    @BeforeEach
    void open() throws Exception {
        provider = new SmallProvider(() -> NOW);
        stage = new PeopleStage(Optional.of(settings(Optional.empty())));
    }

    private Settings.Oidc settings(Optional<UUID> organisation) {
        return new Settings.Oidc(
                provider.issuer(),
                SmallProvider.CLIENT,
                Optional.of(SmallProvider.SECRET),
                "Example",
                Set.of("example.org"),
                organisation);
    }

    @AfterEach
    void close() {
        stage.close();
        provider.close();
    }

    /** What the browser has after it began: where it goes, and its cookie. */
    private record Begun(URI there, String[] cookie) {}

    private Begun begin() throws Exception {
        return begin("");
    }

    private Begun begin(String query) throws Exception {
        HttpResponse<String> begun = stage.ask("GET", "/sign-in/oidc" + query, null);
        assertThat(begun.statusCode()).isEqualTo(302);
        assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("everytake-oidc=")
                .contains("Max-Age=600", "HttpOnly", "SameSite=Lax");
        return new Begun(URI.create(location(begun)), PeopleStage.cookie(begun));
    }

    private HttpResponse<String> comeBack(URI back, String... headers) throws Exception {
        assertThat(back.toString()).startsWith("https://studio.example.org/api/v1/sign-in/oidc/return?");
        return stage.ask("GET", "/sign-in/oidc/return?" + back.getRawQuery(), null, headers);
    }

    private HttpResponse<String> signIn() throws Exception {
        Begun begun = begin();
        return comeBack(provider.signIn(begun.there()), begun.cookie());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private JsonNode me(HttpResponse<String> signedIn) throws Exception {
        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(location(signedIn)).endsWith("/").doesNotContain("problem");
        String session = signedIn.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith("everytake="))
                .findFirst()
                .orElseThrow();
        return read(stage.ask("GET", "/me", null, "Cookie", session.substring(0, session.indexOf(';'))));
    }

    private void refused(String problem, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer)).endsWith("/sign-in?problem=" + problem);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("everytake=") && !cookie.startsWith("everytake=;"));
    }

    @Test
    void theServerSaysThatThereIsAProvider() throws Exception {
        JsonNode offer = read(stage.ask("GET", "/sign-in", null)).path("oidc");

        assertThat(offer.path("label").asText()).isEqualTo("Example");
        assertThat(offer.path("path").asText()).isEqualTo("/api/v1/sign-in/oidc");
    }

    @Test
    void whoeverIsOfOneOfTheDomainsGetsAnAccountAndKeepsIt() throws Exception {
        JsonNode first = me(signIn());
        provider.claims =
                token -> token.claim("email", "renamed@elsewhere.example").claim("email_verified", false);
        JsonNode second = me(signIn());

        assertThat(first.path("email").asText()).isEqualTo("ben@example.org");
        assertThat(first.path("name").asText()).isEqualTo("Ben from there");
        assertThat(first.path("hasPassword").asBoolean()).isFalse();
        assertThat(first.path("organisation").path("role").asText()).isEqualTo("member");
        assertThat(second.path("account")).isEqualTo(first.path("account"));
        assertThat(stage.noted())
                .containsExactly(
                        "Ben from there sign-in",
                        "Ben from there sign-in",
                        "Ben from there member-joined",
                        "Ben from there account-created");
    }

    @Test
    void whoeverIsOfAnotherDomainIsInvitedFirst() throws Exception {
        provider.claims = token -> token.claim("email", "cleo@elsewhere.example");
        refused("oidc-unknown", signIn());

        Somebody olga = stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);
        stage.ask(
                "POST",
                "/members/invitations",
                json("email", "cleo@elsewhere.example", "role", "manager"),
                olga.cookie());
        JsonNode me = me(signIn());

        assertThat(me.path("organisation").path("name").asText()).isEqualTo("Other");
        assertThat(me.path("organisation").path("role").asText()).isEqualTo("manager");
    }

    @Test
    void anAccountWithThatAddressIsTheirsAndNobodyElses() throws Exception {
        Somebody ben = stage.people.somebody(FIRST, "Ben", Role.MANAGER);

        JsonNode me = me(signIn());

        assertThat(me.path("account").asText()).isEqualTo(ben.account().toString());
        assertThat(me.path("name").asText()).isEqualTo("Ben");
        assertThat(outcome(stage.ask("GET", "/me", null, ben.cookie()))).isEqualTo("401 not-signed-in");
        // Somebody else to whom the address went later is not let into it.
        provider.claims = token -> token.subject("subject-2");
        refused("oidc-unknown", signIn());
    }

    @Test
    void anAddressThatIsNotVerifiedOpensNothing() throws Exception {
        stage.people.somebody(FIRST, "Ben", Role.ADMIN);

        provider.claims = token -> token.claim("email_verified", false);
        refused("oidc-unverified", signIn());
        provider.claims = token -> token.claim("email_verified", null);
        refused("oidc-unverified", signIn());
        provider.claims = token -> token.claim("email", null);
        refused("oidc-unverified", signIn());
    }

    @Test
    void aTokenThatIsNotForUsOrNotForNowIsNotBelieved() throws Exception {
        List<Consumer<JWTClaimsSet.Builder>> wrong = List.of(
                token -> token.issuer("https://other.example"),
                token -> token.audience("somebody else"),
                token -> token.audience(List.of(SmallProvider.CLIENT, "somebody else")),
                token -> token.claim("azp", "somebody else"),
                token -> token.claim("nonce", "another"),
                token -> token.claim("nonce", null),
                token -> token.expirationTime(Date.from(NOW.minus(Duration.ofMinutes(2)))),
                token -> token.expirationTime(null),
                token -> token.issueTime(Date.from(NOW.plus(Duration.ofMinutes(5)))),
                token -> token.subject(null),
                token -> token.claim("email", "no address"));
        for (Consumer<JWTClaimsSet.Builder> one : wrong) {
            provider.claims = one;
            refused("oidc-invalid", signIn());
        }
    }

    @Test
    void aTokenThatTheProviderHasNotSignedIsNotBelieved() throws Exception {
        provider.signing = SmallProvider.newKey();

        refused("oidc-invalid", signIn());
    }

    @Test
    void whatAnotherBrowserBeganIsNotEndedHere() throws Exception {
        Begun theirs = begin();
        Begun mine = begin();
        URI back = provider.signIn(theirs.there());

        refused("oidc-stale", comeBack(back));
        refused("oidc-stale", comeBack(back, mine.cookie()));
        refused("oidc-stale", stage.ask("GET", "/sign-in/oidc/return", null, mine.cookie()));
        refused("oidc-stale", stage.ask("GET", "/sign-in/oidc/return?code=x&state=y", null, mine.cookie()));
    }

    @Test
    void aCodeWorksOnce() throws Exception {
        Begun begun = begin();
        URI back = provider.signIn(begun.there());
        me(comeBack(back, begun.cookie()));

        refused("oidc-invalid", comeBack(back, begun.cookie()));
    }

    @Test
    void whoIsRefusedThereIsToldSo() throws Exception {
        Begun begun = begin();
        String state = SmallProvider.fields(begun.there().getRawQuery()).get("state");

        refused(
                "oidc-refused",
                stage.ask("GET", "/sign-in/oidc/return?error=access_denied&state=" + state, null, begun.cookie()));
        refused(
                "oidc-invalid",
                stage.ask(
                        "GET",
                        "/sign-in/oidc/return?code=1&iss=https%3A%2F%2Fother.example&state=" + state,
                        null,
                        begun.cookie()));
    }

    @Test
    void whatTheTokenLeavesOutTheProviderIsAskedFor() throws Exception {
        provider.claims = token ->
                token.claim("email", null).claim("email_verified", null).claim("name", null);
        provider.userInfo = "{\"sub\":\"somebody else\",\"email\":\"ben@example.org\",\"email_verified\":true}";
        refused("oidc-invalid", signIn());
        provider.userInfo = "{\"sub\":\"subject-1\",\"email\":\"ben@example.org\",\"email_verified\":false}";
        refused("oidc-unverified", signIn());
        provider.userInfo = "{\"sub\":\"subject-1\"}";
        refused("oidc-unverified", signIn());
        provider.userInfo =
                "{\"sub\":\"subject-1\",\"email\":\"ben@example.org\",\"email_verified\":true,\"name\":\"Ben\"}";
        JsonNode me = me(signIn());

        assertThat(me.path("email").asText()).isEqualTo("ben@example.org");
        assertThat(me.path("name").asText()).isEqualTo("Ben");
    }

    @ParameterizedTest
    @CsvSource({
        "/recordings?q=a%26b, /recordings?q=a%26b",
        "/, /",
        "https://evil.example/, /",
        "//evil.example, /",
        "/\\evil.example, /",
        "/\tx, /",
        "/é, /",
        "/api/v1/sign-in/oidc, /",
        "/apiary, /apiary",
    })
    void whoWantedAPageComesToItIfItIsOurs(String wanted, String comes) throws Exception {
        Begun begun = begin("?then=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));

        HttpResponse<String> answer = comeBack(provider.signIn(begun.there()), begun.cookie());

        assertThat(location(answer)).isIn(comes, "http://127.0.0.1" + comes, TestPeople.ADDRESS + comes);
    }

    @Test
    void whoWasRefusedIsStillOnTheWayToThePage() throws Exception {
        Begun begun = begin("?then=%2Frecordings%3Fq%3Da");
        assertThat(location(stage.ask("GET", "/sign-in/oidc/return?code=x&state=y", null, begun.cookie())))
                .endsWith("/sign-in?problem=oidc-stale&then=%2Frecordings%3Fq%3Da");
        provider.broken = true;
        assertThat(location(stage.ask("GET", "/sign-in/oidc?then=%2Frecordings", null)))
                .endsWith("/sign-in?problem=oidc-away&then=%2Frecordings");
    }

    @Test
    void aForgedCookieOfAHandshakeEndsNothing() throws Exception {
        Begun begun = begin();
        URI back = provider.signIn(begun.there());
        for (String forged : List.of("", ".", "a.b", "..", ".Lw", "a".repeat(3000), "%00.%00")) {
            refused("oidc-stale", comeBack(back, "Cookie", "everytake-oidc=" + forged));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!doctype html>",
                "",
                "[]",
                "{\"issuer\":\"https://other.example\"}",
                "{\"issuer\":\"ISSUER\"}",
                "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":\"javascript:alert(1)\"}",
                "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":7}",
                "{\"issuer\":\"ISSUER\",\"authorization_endpoint\":\"/authorize\"}",
            })
    void aProviderThatAnswersNonsenseIsTroubleAndWellLater(String nonsense) throws Exception {
        provider.nonsense = nonsense.replace("ISSUER", provider.issuer().toString());
        assertThat(location(stage.ask("GET", "/sign-in/oidc", null))).contains("/sign-in?problem=oidc-");
        assertThat(trouble()).isPresent();

        provider.nonsense = null;
        assertThat(trouble()).isEmpty();
        assertThat(me(signIn()).path("email").asText()).isEqualTo("ben@example.org");
    }

    private Optional<OidcTrouble> trouble() {
        var settings = settings(Optional.empty());
        return new Provider(settings, TestPeople.ADDRESS, () -> NOW).trouble();
    }

    @Test
    void anOrganisationThatIsNotThereIsSaidAtTheStart() throws Exception {
        UUID none = UUID.fromString("00000000-0000-7000-8000-00000000abcd");
        var people = new TestPeople(stage.database.jdbi(), () -> NOW, Optional.of(settings(Optional.of(none))));

        assertThatThrownBy(people.all()::check)
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("There is no organisation " + none + ", which the setting oidc-organisation")
                .hasMessageContaining(FIRST.toString());
        new TestPeople(stage.database.jdbi(), () -> NOW, Optional.of(settings(Optional.of(FIRST))))
                .all()
                .check();
    }

    @Test
    void theServersClockMayBeAMinuteOff() throws Exception {
        provider.claims = token -> token.issueTime(Date.from(NOW.plusSeconds(50)))
                .notBeforeTime(Date.from(NOW.plusSeconds(50)))
                .expirationTime(Date.from(NOW.plusSeconds(300)));
        me(signIn());
        provider.claims = token ->
                token.issueTime(Date.from(NOW.minusSeconds(300))).expirationTime(Date.from(NOW.minusSeconds(50)));
        me(signIn());
        // More than that is one clock or the other, and said so.
        provider.claims = token -> token.issueTime(Date.from(NOW.plusSeconds(70)));
        refused("oidc-invalid", signIn());
        provider.claims = token -> token.notBeforeTime(Date.from(NOW.plusSeconds(70)));
        refused("oidc-invalid", signIn());
        provider.claims = token -> token.expirationTime(Date.from(NOW.minusSeconds(70)));
        refused("oidc-invalid", signIn());
    }

    @Test
    void aProviderThatIsAwayIsSaidToBe() throws Exception {
        Begun begun = begin();
        URI back = provider.signIn(begun.there());
        provider.broken = true;
        refused("oidc-away", stage.ask("GET", "/sign-in/oidc", null));
        refused("oidc-away", comeBack(back, begun.cookie()));
        provider.close();
        refused("oidc-away", stage.ask("GET", "/sign-in/oidc", null));
    }
}
