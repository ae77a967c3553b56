package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.people.PeopleStage.FIRST;
import static org.everytake.studio.people.PeopleStage.cookie;
import static org.everytake.studio.people.PeopleStage.json;
import static org.everytake.studio.people.PeopleStage.outcome;
import static org.everytake.studio.people.PeopleStage.read;
import static org.everytake.studio.people.PeopleStage.token;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final String BEN = "ben@example.org";

    private PeopleStage stage;

    @BeforeEach
    void open() throws Exception {
        stage = new PeopleStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String newAdmin(boolean asked) {
        return stage.people
                .all()
                .firstAdmin()
                .renew(asked)
                .map(link -> link.getFragment())
                .orElse("none");
    }

    private HttpResponse<String> use(String token, String name, String email, String password) throws Exception {
        return stage.ask(
                "POST", "/links/use", json("token", token, "name", name, "email", email, "password", password));
    }

    private String look(String token) throws Exception {
        return outcome(stage.ask("POST", "/links/look", json("token", token)));
    }

    /** The token of an invitation that an admin made. */
    private String invite(TestPeople.Somebody admin, String email, String role) throws Exception {
        HttpResponse<String> made =
                stage.ask("POST", "/members/invitations", json("email", email, "role", role), admin.cookie());
        assertThat(made.statusCode()).isEqualTo(201);
        return token(read(made).path("link").asText());
    }

    @Test
    void theFirstAdminComesInByALinkThatWorksOnce() throws Exception {
        assertThat(read(stage.ask("GET", "/sign-in", null)).path("setUp").asBoolean())
                .isFalse();
        String token = newAdmin(false);
        assertThat(token).hasSize(43);
        HttpResponse<String> look = stage.ask("POST", "/links/look", json("token", token));
        assertThat(read(look).path("purpose").asText()).isEqualTo("first-admin");
        assertThat(read(look).path("expiresAt").isNull()).isTrue();

        HttpResponse<String> used = use(token, "Anna", "Anna@example.org", TestPeople.PASSWORD);

        assertThat(outcome(used)).isEqualTo("200");
        assertThat(read(used).path("email").asText()).isEqualTo("anna@example.org");
        assertThat(outcome(stage.ask("GET", "/me", null, cookie(used)))).isEqualTo("200");
        assertThat(read(stage.ask("GET", "/sign-in", null)).path("setUp").asBoolean())
                .isTrue();
        assertThat(outcome(use(token, "Eve", "eve@example.org", TestPeople.PASSWORD)))
                .isEqualTo("404 no-such-link");
        assertThat(look(token)).isEqualTo("404 no-such-link");
        assertThat(newAdmin(false)).isEqualTo("none");
        assertThat(stage.noted()).containsExactly("Anna sign-in", "Anna account-created");
    }

    @Test
    void aStartVoidsTheLinksOfEarlierOnes() throws Exception {
        String old = newAdmin(false);
        String young = newAdmin(false);

        assertThat(look(old)).isEqualTo("404 no-such-link");
        assertThat(look(young)).isEqualTo("200");
    }

    @Test
    void whatIsRefusedDoesNotUseTheLinkUp() throws Exception {
        String token = newAdmin(false);

        for (String name :
                List.of("", " ", "x".repeat(121), "x".repeat(10_000), "two\nlines", "\u202egro", "\u2066x")) {
            assertThat(outcome(use(token, name, BEN, TestPeople.PASSWORD)))
                    .as(name)
                    .isEqualTo("400 malformed-request");
        }
        assertThat(outcome(use(token, "Ben", BEN, "short"))).isEqualTo("400 malformed-request");
        assertThat(outcome(use(token, "Ben", BEN, "x".repeat(201)))).isEqualTo("400 malformed-request");
        assertThat(outcome(use(token, "Ben", "ben", TestPeople.PASSWORD))).isEqualTo("400 malformed-request");
        // What looks like HTML is a name like any other.
        HttpResponse<String> used = use(token, "<b>Ben</b>", BEN, TestPeople.PASSWORD);
        assertThat(read(used).path("name").asText()).isEqualTo("<b>Ben</b>");
    }

    @Test
    void ofTwoWhoUseALinkAtOnceOneWins() throws Exception {
        String token = newAdmin(false);
        var barrier = new CyclicBarrier(2);
        List<Callable<String>> tries = new ArrayList<>();
        for (String name : List.of("anna", "ben")) {
            tries.add(() -> {
                barrier.await();
                return outcome(use(token, name, name + "@example.org", TestPeople.PASSWORD));
            });
        }

        List<String> outcomes = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> one : executor.invokeAll(tries)) {
                outcomes.add(one.get());
            }
        }

        assertThat(outcomes).containsExactlyInAnyOrder("200", "404 no-such-link");
        int accounts = stage.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from accounts")
                        .mapTo(Integer.class)
                        .one());
        assertThat(accounts).isEqualTo(1);
    }

    @Test
    void whoLostTheirWayInAsksTheServerForANewLink() throws Exception {
        String[] lost = stage.firstAdmin("anna@example.org");

        String token = newAdmin(true);
        HttpResponse<String> used = use(token, "Anna again", "anna@example.org", "another password");

        assertThat(outcome(used)).isEqualTo("200");
        assertThat(outcome(stage.ask("GET", "/me", null, lost))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.signIn("anna@example.org", TestPeople.PASSWORD)))
                .isEqualTo("401 wrong-sign-in");
        stage.passes(Duration.ofMinutes(1));
        assertThat(outcome(stage.signIn("anna@example.org", "another password")))
                .isEqualTo("200");
        String late = newAdmin(true);
        stage.passes(Duration.ofHours(24));
        assertThat(look(late)).isEqualTo("404 no-such-link");
    }

    @Test
    void anInvitationMakesAMember() throws Exception {
        TestPeople.Somebody admin = stage.people.somebody(FIRST, "Anna", Role.ADMIN);
        String token = invite(admin, "Ben@example.org", "manager");

        HttpResponse<String> look = stage.ask("POST", "/links/look", json("token", token));
        assertThat(read(look).path("organisation").asText()).isEqualTo("Everytake");
        assertThat(read(look).path("email").asText()).isEqualTo(BEN);
        assertThat(read(look).path("role").asText()).isEqualTo("manager");
        assertThat(read(look).path("accountExists").asBoolean()).isFalse();
        HttpResponse<String> used =
                stage.ask("POST", "/links/use", json("token", token, "name", "Ben", "password", TestPeople.PASSWORD));

        assertThat(read(used).path("organisation").path("role").asText()).isEqualTo("manager");
        assertThat(outcome(stage.signIn(BEN, TestPeople.PASSWORD))).isEqualTo("200");
        assertThat(look(token)).isEqualTo("404 no-such-link");
        assertThat(stage.noted()).startsWith("Ben sign-in", "Ben sign-in", "Ben member-joined", "Ben account-created");
    }

    @Test
    void anInvitationEndsAfterAWeekIsVoidWhenThereIsANewerOneAndCanBeTakenBack() throws Exception {
        TestPeople.Somebody admin = stage.people.somebody(FIRST, "Anna", Role.ADMIN);
        String old = invite(admin, BEN, "member");
        String young = invite(admin, BEN, "member");
        assertThat(look(old)).isEqualTo("404 no-such-link");
        assertThat(look(young)).isEqualTo("200");
        stage.passes(Duration.ofDays(7));
        assertThat(look(young)).isEqualTo("404 no-such-link");

        String back = invite(admin, BEN, "member");
        String id = read(stage.ask("GET", "/members/invitations", null, admin.cookie()))
                .at("/invitations/0/id")
                .asText();
        assertThat(outcome(stage.ask("DELETE", "/members/invitations/" + id, null, admin.cookie())))
                .isEqualTo("204");
        assertThat(look(back)).isEqualTo("404 no-such-link");
        assertThat(outcome(stage.ask("DELETE", "/members/invitations/" + id, null, admin.cookie())))
                .isEqualTo("404 no-such-invitation");
    }

    @Test
    void aLinkOutlivesAClockThatWasFarOffForAWhile() throws Exception {
        var anna = stage.people.somebody(FIRST, "Anna", Role.ADMIN);
        String token = invite(anna, "ben@example.org", "member");

        stage.passes(Duration.ofDays(3650));
        assertThat(look(token)).isEqualTo("404 no-such-link");
        stage.passes(Duration.ofDays(-7300));
        assertThat(look(token)).isEqualTo("200");
        stage.passes(Duration.ofDays(3650));
        assertThat(look(token)).isEqualTo("200");
    }

    @Test
    void whoHasAnAccountJoinsWithItsPasswordOnly() throws Exception {
        stage.firstAdmin(BEN);
        TestPeople.Somebody other = stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);
        String token = invite(other, BEN, "member");
        assertThat(read(stage.ask("POST", "/links/look", json("token", token)))
                        .path("accountExists")
                        .asBoolean())
                .isTrue();

        // Whoever made the link cannot get into the account with it, by any name or password.
        assertThat(outcome(use(token, "Eve", BEN, "a password of Eve's"))).isEqualTo("403 wrong-password");
        stage.passes(Duration.ofHours(1));
        assertThat(outcome(stage.ask("POST", "/links/use", json("token", token, "password", "a password of Eve's"))))
                .isEqualTo("403 wrong-password");
        stage.passes(Duration.ofHours(1));
        assertThat(outcome(stage.ask("POST", "/links/use", json("token", token), other.cookie())))
                .isEqualTo("403 wrong-password");
        stage.passes(Duration.ofHours(1));

        HttpResponse<String> joined =
                stage.ask("POST", "/links/use", json("token", token, "password", TestPeople.PASSWORD));
        assertThat(read(joined).path("organisation").path("name").asText()).isEqualTo("Other");
        assertThat(read(joined).path("organisations")).hasSize(2);
        assertThat(read(joined).path("operator").asBoolean()).isTrue();
    }

    @Test
    void whoIsSignedInJoinsWithoutAPassword() throws Exception {
        String[] ben = stage.firstAdmin(BEN);
        TestPeople.Somebody other = stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);
        String token = invite(other, BEN, "member");

        HttpResponse<String> joined = stage.ask("POST", "/links/use", json("token", token), ben);

        assertThat(outcome(joined)).isEqualTo("200");
        assertThat(read(joined).path("organisation").path("role").asText()).isEqualTo("member");
    }

    @Test
    void aForgedTokenIsNoLink() throws Exception {
        assertThat(look("x")).isEqualTo("404 no-such-link");
        assertThat(look("x".repeat(10_000))).isEqualTo("404 no-such-link");
        assertThat(outcome(stage.ask("POST", "/links/look", "{}"))).isEqualTo("400 malformed-request");
        assertThat(outcome(stage.ask("POST", "/links/use", "{\"token\":1,\"token2\":2}")))
                .startsWith("400");
    }
}
