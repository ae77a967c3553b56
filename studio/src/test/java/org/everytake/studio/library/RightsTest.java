package org.everytake.studio.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.library.LibraryStage.json;
import static org.everytake.studio.library.LibraryStage.outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.studio.library.Rendition.Kind;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.everytake.studio.people.TestPeople.Somebody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may see and change what, over real HTTP. */
class RightsTest {
    private static final String WAV = "{\"kind\":\"mix\",\"format\":\"wav\"}";

    @TempDir
    Path folder;

    private LibraryStage stage;
    private UUID session;
    private UUID recording;
    private UUID rendition;
    private Somebody coHost;
    private Somebody member;
    private Somebody manager;
    private Somebody stranger;
    private Somebody elsewhere;

    @BeforeEach
    void open() throws Exception {
        stage = new LibraryStage(folder);
        session = stage.session("Weekly");
        coHost = somebody("Ben", Role.MEMBER);
        member = somebody("Cleo", Role.MEMBER);
        manager = somebody("Dora", Role.MANAGER);
        stranger = somebody("Emil", Role.ADMIN);
        elsewhere = stage.people.somebody(stage.people.organisation("Another"), "Finn", Role.ADMIN);
        stage.people(
                session,
                Map.of(
                        stage.host.email(), SessionRole.HOST,
                        coHost.email(), SessionRole.CO_HOST,
                        member.email(), SessionRole.INVITED,
                        manager.email(), SessionRole.INVITED,
                        elsewhere.email(), SessionRole.INVITED));
        recording = stage.processing(session, "Talk", "Anna");
        rendition = stage.rendition(recording, Kind.COMPOSITE, null, "Talk.mp4");
        stage.made(recording, rendition, new byte[100]);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Somebody somebody(String name, Role role) {
        return stage.people.somebody(LibraryStage.ORGANISATION, name, role);
    }

    private String outcomeOf(Somebody who, String method, String path, @Nullable String body) throws Exception {
        return outcome(stage.ask(method, path, body, who.cookie()));
    }

    private String reads(Somebody who, String path) throws Exception {
        return outcome(stage.get(path, who.cookie()));
    }

    private List<String> listed(Somebody who, String list) throws Exception {
        var page = json(stage.get("/" + list, who.cookie()));
        return page.path(list).findValuesAsText("title").stream().toList();
    }

    @Test
    void LIB_1_aSessionIsSeenByItsPeopleAndNobodyElse() throws Exception {
        for (Somebody one : List.of(stage.host, coHost, member, manager)) {
            assertThat(reads(one, "/sessions/" + session)).isEqualTo("200");
            assertThat(listed(one, "sessions")).containsExactly("Weekly");
        }
        for (Somebody one : List.of(stranger, elsewhere)) {
            assertThat(reads(one, "/sessions/" + session)).isEqualTo("404 no-such-session");
            assertThat(listed(one, "sessions")).isEmpty();
        }
    }

    @Test
    void ORG_1_whoIsInvitedSeesARecordingAsAManagerOnly() throws Exception {
        String one = "/recordings/" + recording;
        List<String> paths = List.of(one, one + "/manifest", one + "/renditions/" + rendition + "/content");
        for (Somebody who : List.of(stage.host, coHost, manager)) {
            for (String path : paths) {
                assertThat(reads(who, path)).isEqualTo("200");
            }
            assertThat(listed(who, "recordings")).contains("Talk");
        }
        for (Somebody who : List.of(member, stranger, elsewhere)) {
            for (String path : paths) {
                assertThat(reads(who, path)).startsWith("404 no-such-");
            }
            assertThat(listed(who, "recordings")).isEmpty();
            assertThat(json(stage.get("/recordings?session=" + session, who.cookie()))
                            .path("recordings"))
                    .isEmpty();
        }
        assertThat(json(stage.get(one, coHost.cookie())).path("role").asText()).isEqualTo("co-host");
        assertThat(json(stage.get(one, manager.cookie())).path("mayChange").asBoolean())
                .isFalse();
    }

    @Test
    void LIB_2_hostAndCoHostsChangeAndNobodyElse() throws Exception {
        String one = "/recordings/" + recording;
        String retry = one + "/renditions/" + rendition + "/retry";
        for (Somebody who : List.of(member, stranger, elsewhere)) {
            assertThat(outcomeOf(who, "PATCH", one, "{\"title\":\"x\"}")).isEqualTo("404 no-such-recording");
            assertThat(outcomeOf(who, "DELETE", one, null)).isEqualTo("404 no-such-recording");
            assertThat(outcomeOf(who, "POST", one + "/restore", null)).isEqualTo("404 no-such-recording");
            assertThat(outcomeOf(who, "POST", retry, null)).isEqualTo("404 no-such-recording");
            assertThat(outcomeOf(who, "POST", one + "/renditions", WAV)).isEqualTo("404 no-such-recording");
        }
        assertThat(outcomeOf(manager, "PATCH", one, "{\"title\":\"x\"}")).isEqualTo("403 not-allowed");
        assertThat(outcomeOf(manager, "DELETE", one, null)).isEqualTo("403 not-allowed");
        assertThat(outcomeOf(manager, "POST", retry, null)).isEqualTo("403 not-allowed");
        assertThat(outcomeOf(manager, "POST", one + "/renditions", WAV)).isEqualTo("403 not-allowed");
        assertThat(outcomeOf(coHost, "PATCH", one, "{\"title\":\"Better\"}")).isEqualTo("200");
        assertThat(outcomeOf(coHost, "POST", retry, null)).isEqualTo("202");
        assertThat(outcomeOf(coHost, "POST", one + "/renditions", WAV)).isEqualTo("202");
        assertThat(outcomeOf(coHost, "DELETE", one, null)).isEqualTo("200");
        assertThat(outcomeOf(manager, "POST", one + "/restore", null)).isEqualTo("403 not-allowed");
        assertThat(outcomeOf(stage.host, "POST", one + "/restore", null)).isEqualTo("200");
    }

    @Test
    void CAP_4_hostAndCoHostsRecordByTheirAccountOrKeyAndNobodyElse() throws Exception {
        String start = "/sessions/" + session + "/recordings";
        // Nobody is in the room: so far come those who may.
        assertThat(outcomeOf(coHost, "POST", start, "{}")).isEqualTo("409 nobody-there");
        assertThat(outcomeOf(manager, "POST", start, "{}")).isEqualTo("403 not-allowed");
        assertThat(outcomeOf(stranger, "POST", start, "{}")).isEqualTo("404 no-such-session");
        assertThat(outcomeOf(elsewhere, "POST", start, "{}")).isEqualTo("404 no-such-session");
        String[] may = stage.people.key(coHost, Scope.RECORDINGS_WRITE);
        String[] mayNot = stage.people.key(coHost, Scope.RECORDINGS_READ);
        assertThat(outcome(stage.ask("POST", start, "{}", may))).isEqualTo("409 nobody-there");
        assertThat(outcome(stage.ask("POST", start, "{}", mayNot))).isEqualTo("403 not-allowed");
        assertThat(outcome(stage.ask("POST", start, "{}", "Cookie", "none=1"))).isEqualTo("401 no-pass");
        assertThat(outcome(stage.ask("POST", start, "{}", "Authorization", "Bearer nobodys")))
                .isEqualTo("401 no-pass");
    }

    @Test
    void rightsFollowAnAccountToItsNewAddress() throws Exception {
        stage.database
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update accounts set email = 'Ben.New@example.org' where id = ?", coHost.account()));
        assertThat(reads(coHost, "/sessions/" + session)).isEqualTo("200");
        assertThat(listed(coHost, "recordings")).contains("Talk");
    }

    @Test
    void whoIsNoLongerNamedSeesNothingAnyMore() throws Exception {
        assertThat(outcomeOf(stage.host, "PATCH", "/sessions/" + session, "{\"coHosts\":[],\"invited\":[]}"))
                .isEqualTo("200");
        for (Somebody who : List.of(coHost, member, manager)) {
            assertThat(reads(who, "/sessions/" + session)).isEqualTo("404 no-such-session");
            assertThat(listed(who, "recordings")).isEmpty();
        }
        assertThat(listed(stage.host, "recordings")).contains("Talk");
    }

    /** Those from before there were accounts have no host. */
    @Test
    void sessionsWithoutAHostAreTheOperatorsFromTheirFirstMomentOn() throws Exception {
        stage.database.jdbi().useHandle(handle -> {
            handle.execute("update sessions set host = null");
            handle.execute("delete from session_people");
            handle.execute("delete from recording_viewers");
        });

        Somebody operator = stage.people.operator(LibraryStage.ORGANISATION, "Olga");

        assertThat(listed(operator, "sessions")).containsExactly("Weekly");
        assertThat(listed(operator, "recordings")).containsExactly("Talk");
        assertThat(json(stage.get("/recordings/" + recording, operator.cookie()))
                        .path("role")
                        .asText())
                .isEqualTo("host");
        assertThat(listed(stranger, "recordings")).isEmpty();
    }
}
