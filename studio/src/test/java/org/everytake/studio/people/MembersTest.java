package org.everytake.studio.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.people.PeopleStage.FIRST;
import static org.everytake.studio.people.PeopleStage.cookie;
import static org.everytake.studio.people.PeopleStage.json;
import static org.everytake.studio.people.PeopleStage.outcome;
import static org.everytake.studio.people.PeopleStage.read;
import static org.everytake.studio.people.PeopleStage.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.everytake.studio.people.TestPeople.Somebody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembersTest {
    private PeopleStage stage;
    private Somebody anna;
    private Somebody ben;

    @BeforeEach
    void open() throws Exception {
        stage = new PeopleStage();
        anna = stage.people.somebody(FIRST, "Anna", Role.ADMIN);
        ben = stage.people.somebody(FIRST, "Ben", Role.MEMBER);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private HttpResponse<String> role(Somebody by, Somebody whose, String role) throws Exception {
        return stage.ask("PATCH", "/members/" + whose.account(), json("role", role), by.cookie());
    }

    @Test
    void managersSeeTheMembersByName() throws Exception {
        Somebody clara = stage.people.somebody(FIRST, "clara", Role.MANAGER);
        stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);

        JsonNode list = read(stage.ask("GET", "/members", null, clara.cookie()));

        assertThat(list.path("members").findValuesAsText("name")).containsExactly("Anna", "Ben", "clara");
        assertThat(list.at("/members/0/role").asText()).isEqualTo("admin");
        assertThat(list.at("/members/0/seenAt").asText()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(outcome(stage.ask("GET", "/members", null, ben.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("GET", "/members", null))).isEqualTo("401 not-signed-in");
    }

    @Test
    void aLongListComesInPages() throws Exception {
        for (int i = 0; i < 110; i++) {
            stage.people.somebody(FIRST, "Member " + i, Role.MEMBER);
        }
        JsonNode first = read(stage.ask("GET", "/members", null, anna.cookie()));
        JsonNode second =
                read(stage.ask("GET", "/members?after=" + first.path("next").asText(), null, anna.cookie()));

        assertThat(first.path("members")).hasSize(100);
        assertThat(second.path("members")).hasSize(12);
        assertThat(first.path("members").findValuesAsText("account"))
                .doesNotContainAnyElementsOf(second.path("members").findValuesAsText("account"));
        assertThat(outcome(stage.ask("GET", "/members?after=x", null, anna.cookie())))
                .isEqualTo("400 malformed-request");
    }

    @Test
    void onlyAdminsGiveRolesAndNobodyRaisesTheirOwn() throws Exception {
        assertThat(outcome(role(ben, ben, "admin"))).isEqualTo("403 not-allowed");
        assertThat(outcome(role(anna, ben, "manager"))).isEqualTo("200");
        assertThat(outcome(role(ben, ben, "admin"))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("GET", "/members", null, ben.cookie()))).isEqualTo("200");
        assertThat(outcome(role(anna, ben, "king"))).isEqualTo("400 malformed-request");
        assertThat(stage.noted()).first().isEqualTo("Anna member-changed");
    }

    @Test
    void anOrganisationKeepsAnAdmin() throws Exception {
        assertThat(outcome(role(anna, anna, "member"))).isEqualTo("409 last-admin");
        assertThat(outcome(stage.ask("DELETE", "/members/" + anna.account(), null, anna.cookie())))
                .isEqualTo("409 last-admin");
        assertThat(outcome(role(anna, ben, "admin"))).isEqualTo("200");
        assertThat(outcome(role(anna, anna, "member"))).isEqualTo("200");
    }

    @Test
    void ofTwoAdminsWhoStepDownAtOnceOneStays() throws Exception {
        role(anna, ben, "admin");
        var barrier = new CyclicBarrier(2);
        List<Callable<String>> both = List.of(
                () -> {
                    barrier.await();
                    return outcome(role(anna, anna, "member"));
                },
                () -> {
                    barrier.await();
                    return outcome(role(ben, ben, "member"));
                });
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> outcomes = executor.invokeAll(both).stream()
                    .map(one -> one.resultNow())
                    .toList();
            assertThat(outcomes).containsExactlyInAnyOrder("200", "409 last-admin");
        }
    }

    @Test
    void whoIsRemovedIsOutAtOnceWithTheirKeys() throws Exception {
        String[] key = stage.people.key(ben, Scope.SESSIONS_READ);
        assertThat(outcome(stage.ask("GET", "/me", null, key))).isEqualTo("200");

        assertThat(outcome(stage.ask("DELETE", "/members/" + ben.account(), null, anna.cookie())))
                .isEqualTo("204");

        assertThat(outcome(stage.ask("GET", "/me", null, key))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("GET", "/me", null, ben.cookie()))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("DELETE", "/members/" + ben.account(), null, anna.cookie())))
                .isEqualTo("404 no-such-member");
    }

    @Test
    void anotherOrganisationsMembersAndInvitationsAreNotThere() throws Exception {
        Somebody olga = stage.people.somebody(stage.people.organisation("Other"), "Olga", Role.ADMIN);
        String invitation = read(stage.ask(
                        "POST",
                        "/members/invitations",
                        json("email", "new@example.org", "role", "member"),
                        anna.cookie()))
                .path("id")
                .asText();

        assertThat(outcome(role(olga, ben, "admin"))).isEqualTo("404 no-such-member");
        assertThat(outcome(stage.ask("DELETE", "/members/" + ben.account(), null, olga.cookie())))
                .isEqualTo("404 no-such-member");
        assertThat(outcome(stage.ask("POST", "/members/" + ben.account() + "/new-password", null, olga.cookie())))
                .isEqualTo("404 no-such-member");
        assertThat(outcome(stage.ask("DELETE", "/members/invitations/" + invitation, null, olga.cookie())))
                .isEqualTo("404 no-such-invitation");
        assertThat(outcome(stage.ask("DELETE", "/members/nobody", null, olga.cookie())))
                .isEqualTo("404 no-such-member");
        assertThat(read(stage.ask("GET", "/audit", null, olga.cookie())).path("entries"))
                .isEmpty();
    }

    @Test
    void anAdminGivesALinkForANewPassword() throws Exception {
        HttpResponse<String> made =
                stage.ask("POST", "/members/" + ben.account() + "/new-password", null, anna.cookie());
        assertThat(made.statusCode()).isEqualTo(201);
        String token = token(read(made).path("link").asText());

        HttpResponse<String> used =
                stage.ask("POST", "/links/use", json("token", token, "password", "Ben's new password"));

        assertThat(read(used).path("name").asText()).isEqualTo("Ben");
        assertThat(outcome(stage.ask("GET", "/me", null, ben.cookie()))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.signIn(ben.email(), "Ben's new password"))).isEqualTo("200");
        assertThat(stage.noted()).contains("Anna new-password-link-made", "Ben password-changed");
    }

    @Test
    void aLinkForANewPasswordOpensALockAndEndsAfterADay() throws Exception {
        for (int i = 0; i < 10; i++) {
            stage.passes(Duration.ofMinutes(5));
            stage.signIn(ben.email(), "wrong password");
        }
        assertThat(outcome(stage.signIn(ben.email(), "wrong password"))).isEqualTo("429 too-many-tries");
        String path = "/members/" + ben.account() + "/new-password";
        String old = token(
                read(stage.ask("POST", path, null, anna.cookie())).path("link").asText());
        String token = token(
                read(stage.ask("POST", path, null, anna.cookie())).path("link").asText());

        assertThat(outcome(stage.ask("POST", "/links/look", json("token", old))))
                .isEqualTo("404 no-such-link");
        assertThat(outcome(stage.ask("POST", "/links/use", json("token", token, "password", "Ben's new password"))))
                .isEqualTo("200");
        assertThat(outcome(stage.signIn(ben.email(), "Ben's new password"))).isEqualTo("200");
        String late = token(
                read(stage.ask("POST", path, null, anna.cookie())).path("link").asText());
        stage.passes(Duration.ofHours(24));
        assertThat(outcome(stage.ask("POST", "/links/look", json("token", late))))
                .isEqualTo("404 no-such-link");
    }

    @Test
    void anAdminCannotGetIntoAccountsThatAreNotOnlyTheirs() throws Exception {
        stage.people.also(ben, stage.people.organisation("Other"), Role.ADMIN);
        Somebody olga = stage.people.operator(FIRST, "Olga");

        for (Somebody one : List.of(ben, olga)) {
            String path = "/members/" + one.account();
            assertThat(outcome(stage.ask("POST", path + "/new-password", null, anna.cookie())))
                    .isEqualTo("403 not-allowed");
            assertThat(outcome(stage.ask("PATCH", path, json("email", "mine@example.org"), anna.cookie())))
                    .isEqualTo("403 not-allowed");
            assertThat(outcome(stage.ask("POST", path + "/new-password", null, olga.cookie())))
                    .isEqualTo("201");
        }
    }

    @Test
    void aKeyMakesNoAdminsAndOpensNoAccounts() throws Exception {
        String[] key = stage.people.key(anna, Scope.ORGANISATION_READ, Scope.ORGANISATION_WRITE);
        String member = "/members/" + ben.account();

        assertThat(outcome(stage.ask("PATCH", member, json("role", "admin"), key)))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask(
                        "POST", "/members/invitations", json("email", "x@example.org", "role", "admin"), key)))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", member + "/new-password", null, key)))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", "/keys", "{\"name\":\"k\",\"scopes\":[\"sessions:read\"]}", key)))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("PATCH", member, json("role", "manager"), key)))
                .isEqualTo("200");
    }

    @Test
    void whoIsAMemberIsNotInvited() throws Exception {
        assertThat(outcome(stage.ask(
                        "POST",
                        "/members/invitations",
                        json("email", "BEN@example.org", "role", "admin"),
                        anna.cookie())))
                .isEqualTo("409 already-member");
        assertThat(outcome(stage.ask("PATCH", "/members/" + ben.account(), json("email", anna.email()), anna.cookie())))
                .isEqualTo("409 email-taken");
    }

    @Test
    void whoRunsTheServerMakesOrganisationsAndOneGoesFromOneToAnother() throws Exception {
        Somebody olga = stage.people.operator(FIRST, "Olga");
        assertThat(outcome(stage.ask("POST", "/organisations", json("name", "New"), anna.cookie())))
                .isEqualTo("403 not-allowed");
        HttpResponse<String> made = stage.ask("POST", "/organisations", json("name", "New"), olga.cookie());
        assertThat(made.statusCode()).isEqualTo(201);
        String id = read(made).path("id").asText();
        assertThat(read(stage.ask("GET", "/organisations", null, olga.cookie()))
                        .path("organisations")
                        .findValuesAsText("name"))
                .containsExactly("Everytake", "New");

        assertThat(outcome(stage.ask("POST", "/me/organisation", json("organisation", id), anna.cookie())))
                .isEqualTo("404 no-such-organisation");
        HttpResponse<String> there = stage.ask("POST", "/me/organisation", json("organisation", id), olga.cookie());
        assertThat(read(there).path("organisation").path("name").asText()).isEqualTo("New");
        assertThat(outcome(role(olga, ben, "admin"))).isEqualTo("404 no-such-member");
        HttpResponse<String> renamed = stage.ask("PATCH", "/organisation", json("name", "Newer"), olga.cookie());
        assertThat(read(renamed).path("organisation").path("name").asText()).isEqualTo("Newer");
    }

    @Test
    void aNewOrganisationsFirstAdminIsInvitedWithIt() throws Exception {
        Somebody olga = stage.people.operator(FIRST, "Olga");
        HttpResponse<String> refused =
                stage.ask("POST", "/organisations", json("name", "Own", "admin", olga.email()), olga.cookie());
        assertThat(outcome(refused)).isEqualTo("409 already-member");
        HttpResponse<String> made =
                stage.ask("POST", "/organisations", json("name", "School", "admin", "eva@example.org"), olga.cookie());
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode invitation = read(made).path("invitation");
        assertThat(invitation.path("role").asText()).isEqualTo("admin");
        assertThat(read(stage.ask("GET", "/organisations", null, olga.cookie()))
                        .path("organisations")
                        .findValuesAsText("name"))
                .doesNotContain("Own");

        String token = invitation.path("link").asText().replaceFirst("[^#]*#", "");
        String use = json("token", token, "name", "Eva", "password", "long enough to be safe");
        JsonNode eva = read(stage.ask("POST", "/links/use", use));
        assertThat(eva.path("organisation").path("name").asText()).isEqualTo("School");
        assertThat(eva.path("organisation").path("role").asText()).isEqualTo("admin");
        assertThat(eva.path("operator").asBoolean()).isFalse();
        stage.ask(
                "POST",
                "/me/organisation",
                json("organisation", read(made).path("id").asText()),
                olga.cookie());
        assertThat(read(stage.ask("GET", "/audit", null, olga.cookie())).findValuesAsText("action"))
                .contains("invitation-made", "member-joined");
    }

    @Test
    void theAuditLogIsAdminsAndComesInPages() throws Exception {
        for (int i = 0; i < 105; i++) {
            stage.passes(Duration.ofSeconds(1));
            stage.ask("PATCH", "/organisation", json("name", "Name " + i), anna.cookie());
        }
        JsonNode first = read(stage.ask("GET", "/audit", null, anna.cookie()));
        JsonNode second =
                read(stage.ask("GET", "/audit?after=" + first.path("next").asText(), null, anna.cookie()));

        assertThat(first.path("entries")).hasSize(100);
        JsonNode newest = first.at("/entries/0");
        assertThat(newest.path("name").asText()).isEqualTo("Anna");
        assertThat(newest.path("means").asText()).isEqualTo("browser");
        assertThat(newest.path("address").asText()).isEqualTo(PeopleStage.HOME);
        assertThat(newest.path("action").asText()).isEqualTo("organisation-renamed");
        assertThat(newest.path("detail").asText()).isEqualTo("Name 104");
        assertThat(second.path("entries")).hasSize(5);
        assertThat(second.at("/entries/4/detail").asText()).isEqualTo("Name 0");
        assertThat(outcome(stage.ask("GET", "/audit", null, ben.cookie()))).isEqualTo("403 not-allowed");
    }

    @Test
    void whatConcernsTheWholeServerIsForWhoRunsIt() throws Exception {
        Somebody olga = stage.people.operator(FIRST, "Olga");
        for (int i = 0; i < 10; i++) {
            stage.passes(Duration.ofMinutes(5));
            stage.signIn(ben.email(), "wrong password");
        }

        assertThat(read(stage.ask("GET", "/audit", null, olga.cookie()))
                        .path("entries")
                        .findValuesAsText("action"))
                .containsExactly("sign-in-locked");
        assertThat(read(stage.ask("GET", "/audit", null, anna.cookie())).path("entries"))
                .isEmpty();
    }

    @Test
    void oneChangesOnesOwnNamePasswordAndAsAnAdminOnesAddress() throws Exception {
        String[] olga = stage.firstAdmin("olga@example.org");
        String[] other = cookie(stage.signIn("olga@example.org", TestPeople.PASSWORD));

        assertThat(read(stage.ask("PATCH", "/me", json("name", " Olga B. "), olga))
                        .path("name")
                        .asText())
                .isEqualTo("Olga B.");
        assertThat(outcome(stage.ask("PATCH", "/me", json("newPassword", "a newer password"), olga)))
                .isEqualTo("403 wrong-password");
        stage.passes(Duration.ofMinutes(1));
        assertThat(outcome(stage.ask(
                        "PATCH",
                        "/me",
                        json(
                                "newPassword",
                                "a newer password",
                                "email",
                                "o@example.org",
                                "password",
                                TestPeople.PASSWORD),
                        olga)))
                .isEqualTo("200");
        assertThat(outcome(stage.ask("GET", "/me", null, other))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.signIn("o@example.org", "a newer password"))).isEqualTo("200");
        assertThat(outcome(stage.ask("PATCH", "/me", json("email", "ben2@example.org"), ben.cookie())))
                .isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("PATCH", "/me", json("role", "admin"), ben.cookie())))
                .isEqualTo("400 unknown-field");
    }

    @Test
    void anAdminSignsAMemberOutOfAllBrowsers() throws Exception {
        Somebody elsewhere = stage.people.also(ben, stage.people.organisation("Other"), Role.MEMBER);
        Somebody olga = stage.people.somebody(elsewhere.organisation(), "Olga", Role.MANAGER);
        String[] key = stage.people.key(ben, Scope.SESSIONS_READ);
        String path = "/members/" + ben.account() + "/sign-out";
        assertThat(outcome(stage.ask("POST", path, null, ben.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", path, null, olga.cookie()))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", "/members/" + olga.account() + "/sign-out", null, anna.cookie())))
                .isEqualTo("404 no-such-member");

        assertThat(outcome(stage.ask("POST", path, null, anna.cookie()))).isEqualTo("204");

        assertThat(outcome(stage.ask("GET", "/me", null, ben.cookie()))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("GET", "/me", null, elsewhere.cookie()))).isEqualTo("401 not-signed-in");
        assertThat(outcome(stage.ask("GET", "/me", null, key))).isEqualTo("200");
        assertThat(outcome(stage.ask("GET", "/me", null, anna.cookie()))).isEqualTo("200");
        assertThat(stage.noted()).first().isEqualTo("Anna member-signed-out");
    }
}
