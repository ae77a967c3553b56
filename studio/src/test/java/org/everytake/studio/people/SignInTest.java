package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.people.PeopleStage.cookie;
import static org.everytake.studio.people.PeopleStage.json;
import static org.everytake.studio.people.PeopleStage.outcome;
import static org.everytake.studio.people.PeopleStage.read;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignInTest {
    private static final String ANNA = "anna@example.org";
    private static final String WRONG = "not her password";
    private static final Duration YEARS = Duration.ofDays(3650);

    private PeopleStage stage;

    @BeforeEach
    void open() throws Exception {
        stage = new PeopleStage();
        stage.firstAdmin(ANNA);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void wrong(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(outcome(stage.signIn(ANNA, WRONG))).isEqualTo("401 wrong-sign-in");
            stage.passes(Duration.ofMinutes(5));
        }
    }

    @Test
    void aBrowserIsSignedInByACookieThatScriptsDoNotSee() throws Exception {
        HttpResponse<String> answer = stage.signIn(" Anna@Example.ORG ", TestPeople.PASSWORD);

        assertThat(outcome(answer)).isEqualTo("200");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("everytake=[A-Za-z0-9_-]{43}; Path=/;.* Max-Age=2592000; HttpOnly; SameSite=Lax");
        HttpResponse<String> me = stage.ask("GET", "/me", null, cookie(answer));
        assertThat(read(me)).isEqualTo(read(answer));
        assertThat(read(me).path("email").asText()).isEqualTo(ANNA);
        assertThat(read(me).path("organisation").path("role").asText()).isEqualTo("admin");
        assertThat(read(me).path("operator").asBoolean()).isTrue();
        assertThat(read(me).path("means").asText()).isEqualTo("browser");
    }

    @Test
    void overTlsTheCookieIsBoundToTheHost() throws Exception {
        HttpResponse<String> answer = stage.ask(
                "POST", "/sign-in", json("email", ANNA, "password", TestPeople.PASSWORD), "X-Forwarded-Proto", "https");

        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-everytake=")
                .contains("; Secure");
    }

    @Test
    void whatIsWrongIsNotTold() throws Exception {
        HttpResponse<String> unknown = stage.signIn("nobody@example.org", TestPeople.PASSWORD);
        HttpResponse<String> wrong = stage.signIn(ANNA, WRONG);

        assertThat(outcome(unknown)).isEqualTo("401 wrong-sign-in");
        assertThat(wrong.statusCode()).isEqualTo(unknown.statusCode());
        assertThat(wrong.body()).isEqualTo(unknown.body());
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void wrongPasswordsAreSlowedMoreAndMore() throws Exception {
        assertThat(outcome(stage.signIn(ANNA, WRONG))).isEqualTo("401 wrong-sign-in");
        for (int seconds = 1; seconds <= 128; seconds *= 2) {
            assertThat(outcome(stage.signIn(ANNA, WRONG))).isEqualTo("401 wrong-sign-in");
            HttpResponse<String> early = stage.signIn(ANNA, TestPeople.PASSWORD);
            assertThat(outcome(early)).isEqualTo("429 too-many-tries");
            assertThat(early.headers().firstValue("Retry-After")).contains(String.valueOf(seconds));
            stage.passes(Duration.ofSeconds(seconds));
        }
        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("200");
        // And all is forgotten.
        assertThat(outcome(stage.signIn(ANNA, WRONG))).isEqualTo("401 wrong-sign-in");
        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("200");
    }

    @Test
    void theTenthLocksForAQuarterOfAnHourWhateverTheNextOneIs() throws Exception {
        wrong(9);
        assertThat(outcome(stage.signIn(ANNA, WRONG))).isEqualTo("401 wrong-sign-in");

        HttpResponse<String> right = stage.signIn(ANNA, TestPeople.PASSWORD);
        HttpResponse<String> wrong = stage.signIn(ANNA, WRONG);
        assertThat(outcome(right)).isEqualTo("429 too-many-tries");
        assertThat(right.headers().firstValue("Retry-After")).contains("900");
        assertThat(read(right).path("detail").asText())
                .contains(stage.now().plus(Tries.LOCKED).toString());
        assertThat(right.body()).isEqualTo(wrong.body());
        assertThat(stage.noted()).first().isEqualTo("anna@example.org sign-in-locked");

        stage.passes(Tries.LOCKED);
        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("200");
    }

    @Test
    void aDozenWrongOnesFromOneAddressLockNobodyOutElsewhere() throws Exception {
        wrong(10);
        assertThat(outcome(stage.signIn(ANNA, WRONG))).isEqualTo("429 too-many-tries");

        assertThat(outcome(stage.signInFrom(PeopleStage.ELSEWHERE, ANNA, TestPeople.PASSWORD)))
                .isEqualTo("200");
    }

    @Test
    void anAccountIsLockedTooWhenManyAddressesTry() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(outcome(stage.signInFrom("203.0.113." + i, ANNA, WRONG))).isEqualTo("401 wrong-sign-in");
            stage.passes(Duration.ofMinutes(10));
        }
        stage.passes(Duration.ofMinutes(-10));

        assertThat(outcome(stage.signInFrom("203.0.113.77", ANNA, TestPeople.PASSWORD)))
                .isEqualTo("429 too-many-tries");
    }

    @Test
    void anAddressIsLockedWhenItTriesManyAccounts() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(outcome(stage.signIn("nobody" + i + "@example.org", WRONG)))
                    .isEqualTo("401 wrong-sign-in");
            stage.passes(Duration.ofMinutes(10));
        }
        stage.passes(Duration.ofMinutes(-10));

        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("429 too-many-tries");
        assertThat(outcome(stage.signInFrom(PeopleStage.ELSEWHERE, ANNA, TestPeople.PASSWORD)))
                .isEqualTo("200");
    }

    @Test
    void signedOutIsSignedOut() throws Exception {
        String[] here = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));
        String[] there = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));

        HttpResponse<String> out = stage.ask("POST", "/sign-out", "{\"everywhere\":false}", here);
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("everytake=;");
        assertThat(outcome(stage.ask("GET", "/me", null, here))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("GET", "/me", null, there))).isEqualTo("200");
        assertThat(outcome(stage.ask("POST", "/sign-out", "{}", here))).isEqualTo("204");
    }

    @Test
    void everywhereIsEverywhere() throws Exception {
        String[] here = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));
        String[] there = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));

        assertThat(stage.ask("POST", "/sign-out", "{\"everywhere\":true}", here).statusCode())
                .isEqualTo(204);
        assertThat(outcome(stage.ask("GET", "/me", null, there))).isEqualTo("401 not-signed-in");
        assertThat(stage.noted()).first().isEqualTo("Anna sign-out-everywhere");
    }

    @Test
    void aStaleOrForgedCookieIsNobody() throws Exception {
        String[] cookie = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));
        String forged = cookie[1].substring(0, cookie[1].length() - 1) + "!";

        assertThat(outcome(stage.ask("GET", "/me", null, "Cookie", forged))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("GET", "/me", null, "Cookie", "everytake=")))
                .isEqualTo("401 not-signed-in");
        stage.passes(Duration.ofDays(29));
        assertThat(outcome(stage.ask("GET", "/me", null, cookie))).isEqualTo("200");
        stage.passes(Duration.ofDays(29));
        assertThat(outcome(stage.ask("GET", "/me", null, cookie))).isEqualTo("200");
        stage.passes(Duration.ofDays(30));
        assertThat(outcome(stage.ask("GET", "/me", null, cookie))).isEqualTo("401 not-signed-in");
    }

    @Test
    void aClockThatWasFarAheadLocksNobodyOutForYears() throws Exception {
        stage.passes(YEARS);
        wrong(10);
        stage.passes(YEARS.negated());

        HttpResponse<String> early = stage.signIn(ANNA, TestPeople.PASSWORD);
        assertThat(outcome(early)).isEqualTo("429 too-many-tries");
        assertThat(early.headers().firstValue("Retry-After")).contains("900");
        stage.passes(Tries.LOCKED);
        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("200");
    }

    @Test
    void aBrowserOutlivesAClockThatWasFarAheadForAWhile() throws Exception {
        String[] before = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));
        stage.passes(YEARS);
        assertThat(outcome(stage.ask("GET", "/me", null, before))).isEqualTo("401 not-signed-in");
        stage.passes(YEARS.negated());
        assertThat(outcome(stage.ask("GET", "/me", null, before))).isEqualTo("200");
    }

    @Test
    void aBrowserThatSignedInWhileTheClockWasAheadStaysNoLongerThanOthers() throws Exception {
        stage.passes(YEARS);
        String[] during = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));
        stage.passes(YEARS.negated());
        assertThat(outcome(stage.ask("GET", "/me", null, during))).isEqualTo("200");
        stage.passes(Duration.ofDays(30));
        assertThat(outcome(stage.ask("GET", "/me", null, during))).isEqualTo("401 not-signed-in");
    }

    @Test
    void pagesOfOtherSitesSignNobodyInOrOut() throws Exception {
        String[] cookie = cookie(stage.signIn(ANNA, TestPeople.PASSWORD));

        assertThat(outcome(stage.ask(
                        "POST",
                        "/sign-in",
                        json("email", ANNA, "password", TestPeople.PASSWORD),
                        "Origin",
                        "https://evil.example")))
                .isEqualTo("403 wrong-origin");
        assertThat(outcome(stage.ask(
                        "POST",
                        "/sign-out",
                        "{\"everywhere\":true}",
                        PeopleStage.with(cookie, "Origin", "https://evil.example"))))
                .isEqualTo("403 wrong-origin");
        assertThat(outcome(stage.ask("GET", "/me", null, cookie))).isEqualTo("200");
    }

    @Test
    void whatCannotBeAnAddressOrAPasswordIsOneSentence() throws Exception {
        assertThat(outcome(stage.signIn("anna", TestPeople.PASSWORD))).isEqualTo("400 malformed-request");
        assertThat(outcome(stage.signIn("a".repeat(300) + "@example.org", "x"))).isEqualTo("400 malformed-request");
        assertThat(outcome(stage.signIn("\u202egro@example.org", "x"))).isEqualTo("400 malformed-request");
        assertThat(outcome(stage.ask("POST", "/sign-in", "{\"email\":\"" + ANNA + "\"}")))
                .isEqualTo("400 malformed-request");
        assertThat(outcome(stage.signIn(ANNA, "x".repeat(10_000)))).isEqualTo("401 wrong-sign-in");
        assertThat(outcome(stage.signIn(ANNA, "x".repeat(100_000)))).isEqualTo("413 too-large");
        assertThat(outcome(stage.signIn(ANNA, "\u0000".repeat(20)))).startsWith("4");
    }

    @Test
    void aPasswordHashedWithOtherParametersIsHashedAnew() throws Exception {
        String weak = Argon2Function.getInstance(1024, 1, 1, 32, Argon2.ID)
                .hash(TestPeople.PASSWORD)
                .getResult();
        stage.database.jdbi().useHandle(handle -> handle.execute("update accounts set password = ?", weak));

        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("200");

        assertThat(hash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(outcome(stage.signIn(ANNA, TestPeople.PASSWORD))).isEqualTo("200");
    }

    private String hash() {
        return stage.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select password from accounts")
                        .mapTo(String.class)
                        .one());
    }

    @Test
    void ofSecretsOnlyHashesAreKept() throws Exception {
        String cookie = cookie(stage.signIn(ANNA, TestPeople.PASSWORD))[1];
        String secret = cookie.substring(cookie.indexOf('=') + 1);

        String everything = stage.database
                .jdbi()
                .withHandle(handle -> String.join(
                        "\n",
                        handle.createQuery(
                                        "select b::text from browser_sessions b union all select a::text from accounts"
                                                + " a union all select l::text from one_time_links l")
                                .mapTo(String.class)
                                .list()));
        assertThat(everything).doesNotContain(secret).doesNotContain(TestPeople.PASSWORD);
    }
}
