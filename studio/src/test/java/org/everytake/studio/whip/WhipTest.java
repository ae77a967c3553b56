package org.everytake.studio.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.whip.WhipStage.bearer;
import static org.everytake.studio.whip.WhipStage.location;
import static org.everytake.studio.whip.WhipStage.outcome;

import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.everytake.call.CallOptions;
import org.everytake.call.Kind;
import org.everytake.peer.Peer;
import org.everytake.studio.config.Settings;
import org.everytake.studio.signal.Await;
import org.everytake.studio.signal.IceServers;
import org.everytake.wire.sdp.SdpFragment;
import org.everytake.wire.sdp.SessionDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Publishing by WHIP as an encoder does it, with real media. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhipTest {
    private static final CallOptions CALL = CallOptions.of(new InetSocketAddress("127.0.0.1", 0));
    private static final Settings.Limits NO_LIMITS = new Settings.Limits(0, 0, 0);

    private WhipStage stage;
    private UUID session;
    private String token;

    @BeforeAll
    void open() throws Exception {
        stage = new WhipStage();
    }

    @BeforeEach
    void session() throws Exception {
        session = stage.session("video");
        token = stage.token(session, "Stage left", "publish");
    }

    @AfterAll
    void close() {
        stage.close();
    }

    @Test
    void CAP_13_whoPublishesIsAPersonOfTheRoomUntilTheyDelete() throws Exception {
        String location = stage.publish(stage.peer("obs"), session, token);

        assertThat(stage.inside(session)).singleElement().satisfies(person -> {
            assertThat(person.name()).isEqualTo("Stage left");
            assertThat(person.sends()).isEqualTo(Set.of(Kind.MICROPHONE, Kind.CAMERA));
        });
        assertThat(stage.rooms.live(session.toString())).isEqualTo(1);
        assertThat(outcome(stage.ask("GET", location, null, bearer(token)))).isEqualTo("200");

        // An entity tag has no meaning here (RFC 9725, section 4.3.1).
        assertThat(outcome(stage.ask("DELETE", location, null, bearer(token, "If-Match", "\"old\""))))
                .isEqualTo("200");
        assertThat(stage.inside(session)).isEmpty();
        assertThat(stage.rooms.live(session.toString())).isZero();
        assertThat(stage.diary(session))
                .startsWith("Stage left joined")
                .contains("MICROPHONE closed: left", "CAMERA closed: left")
                .endsWith("left");
        assertThat(outcome(stage.ask("DELETE", location, null, bearer(token)))).isEqualTo("404 no-such-connection");
    }

    @Test
    void CAP_13_theAnswerIsOneThatEncodersTake() throws Exception {
        String offer = stage.peer("obs").offer(WhipStage.clip());

        var answer = stage.post("/whip", token, offer);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/sdp");
        assertThat(answer.headers().firstValue("ETag").orElseThrow()).matches("\"[^\"]+\"");
        assertThat(answer.headers().firstValue("Location").orElseThrow()).matches("/api/v1/whip/[-0-9a-f]{36}");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        SessionDescription sdp = SessionDescription.parse(answer.body());
        assertThat(sdp.iceLite()).isTrue();
        assertThat(sdp.bundle()).containsExactly("0", "1");
        assertThat(sdp.media()).allSatisfy(media -> {
            assertThat(media.has("recvonly")).isTrue();
            assertThat(media.has("rtcp-mux")).isTrue();
        });
        assertThat(sdp.media().getFirst().has("candidate")).isTrue();
    }

    @Test
    void CAP_13_stunAndTurnServersAreLinks() throws Exception {
        var servers = new IceServers(
                List.of("stun:stun.example.net"),
                List.of("turn:turn.example.net?transport=udp", "turns:turn.example.net"),
                Optional.of("shared secret"),
                InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z")));
        try (var other = new WhipStage(CALL, servers, NO_LIMITS)) {
            String secret = other.token(other.session("video"), "Stage", "publish");

            var answer = other.post("/whip", secret, other.peer("obs").offer(WhipStage.clip()));

            String credentials = "; username=\"1793577600:[-0-9a-f]{36}\"; credential=\"[A-Za-z0-9+/]{27}=\";"
                    + " credential-type=\"password\"";
            List<String> links = answer.headers().allValues("Link");
            assertThat(links).hasSize(3);
            assertThat(links.getFirst()).isEqualTo("<stun:stun.example.net>; rel=\"ice-server\"");
            assertThat(links.get(1))
                    .matches("<turn:turn.example.net\\?transport=udp>; rel=\"ice-server\"" + credentials);
            assertThat(links.get(2)).matches("<turns:turn.example.net>; rel=\"ice-server\"" + credentials);
        }
    }

    @Test
    void CAP_13_candidatesTrickleAndIceRestarts() throws Exception {
        String offer = stage.peer("obs").offer(WhipStage.clip());
        var made = stage.post("/whip", token, offer);
        String location = location(made);
        String tag = made.headers().firstValue("ETag").orElseThrow();
        SessionDescription offered = SessionDescription.parse(offer);
        String ufrag = offered.iceUfrag(offered.media().getFirst());
        String candidates = "a=mid:0\r\na=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\n";
        String trickled = "a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-ufrag:" + ufrag
                + "\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n" + candidates;

        var taken = patch(location, trickled, tag);
        assertThat(taken.statusCode()).isEqualTo(204);
        assertThat(taken.headers().firstValue("ETag")).isEmpty();
        assertThat(outcome(patch(location, "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + candidates, tag)))
                .isEqualTo("204");
        assertThat(outcome(patch(location, trickled, "\"other\""))).isEqualTo("412 changed-meanwhile");
        assertThat(outcome(stage.ask(
                        "PATCH", location, trickled, bearer(token, "Content-Type", SdpFragment.CONTENT_TYPE))))
                .isEqualTo("428 precondition-required");

        String restart = trickled.replace("a=ice-ufrag:" + ufrag, "a=ice-ufrag:ysXw");
        assertThat(outcome(patch(location, restart.replaceAll("a=ice-pwd:.*\r\n", ""), "*")))
                .isEqualTo("400 malformed-sdp");
        var restarted = patch(location, restart, "\"*\"");
        assertThat(restarted.statusCode()).isEqualTo(200);
        assertThat(restarted.headers().firstValue("Content-Type")).hasValue(SdpFragment.CONTENT_TYPE);
        String renewed = restarted.headers().firstValue("ETag").orElseThrow();
        assertThat(renewed).isNotEqualTo(tag);
        SdpFragment ours = SdpFragment.parse(restarted.body());
        SessionDescription former = SessionDescription.parse(made.body());
        assertThat(ours.iceUfrag()).isNotEqualTo(former.iceUfrag(former.media().getFirst()));
        assertThat(ours.icePwd()).isNotEqualTo(former.icePwd(former.media().getFirst()));
        assertThat(ours.has("ice-lite")).isTrue();
        assertThat(ours.media())
                .hasSize(1)
                .first()
                .satisfies(media -> assertThat(media.has("candidate")).isTrue());

        // The same again is no other restart; what belongs to the former ICE session is late.
        assertThat(outcome(patch(location, restart, "*"))).isEqualTo("204");
        assertThat(outcome(patch(location, trickled, tag))).isEqualTo("412 changed-meanwhile");
        assertThat(outcome(patch(location, restart, renewed))).isEqualTo("204");
    }

    private HttpResponse<String> patch(String location, String fragment, String condition) throws Exception {
        return stage.ask(
                "PATCH",
                location,
                fragment,
                bearer(token, "Content-Type", SdpFragment.CONTENT_TYPE, "If-Match", condition));
    }

    /** OBS comes with a new POST when its path was lost, which it notices before the server does. */
    @Test
    void CAP_13_whoComesAgainTakesTheirOwnPlace() throws Exception {
        Peer obs = stage.peer("obs");
        String first = stage.publish(obs, session, token);

        // The same certificate, as programs have that keep it: still it is another connection.
        String second = stage.publish(obs, session, token);

        assertThat(second).isNotEqualTo(first);
        assertThat(stage.inside(session)).hasSize(1);
        assertThat(outcome(stage.ask("DELETE", first, null, bearer(token)))).isEqualTo("404 no-such-connection");
        assertThat(stage.inside(session)).hasSize(1);
        String person = stage.inside(session).getFirst().person();
        assertThat(outcome(stage.ask("DELETE", second, null, bearer(token)))).isEqualTo("200");
        stage.publish(stage.peer("other"), session, token);
        assertThat(stage.inside(session).getFirst().person()).isEqualTo(person);
    }

    /** So is an offer that nothing follows. */
    @Test
    void CAP_13_aPathThatIsLostForGoodIsTheEnd() throws Exception {
        var impatient = CALL.withPathTimeout(Duration.ofSeconds(2));
        try (var other = new WhipStage(impatient, IceServers.NONE, NO_LIMITS)) {
            UUID room = other.session("video");
            String first = other.token(room, "First", "publish");
            String second = other.token(room, "Second", "publish");
            Peer obs = other.peer("obs");
            String location = other.publish(obs, room, first);
            other.post("/whip", second, other.peer("silent").offer(WhipStage.clip()));

            obs.vanish();

            Await.until("they have left", () -> other.rooms.live(room.toString()) == 0);
            Await.until("it is known", () -> Collections.frequency(other.diary(room), "left") == 2);
            assertThat(other.diary(room)).contains("CAMERA closed: path-lost");
            Await.until("it is forgotten", () -> gone(other, location, first));
        }
    }

    private static boolean gone(WhipStage other, String location, String secret) {
        try {
            return outcome(other.ask("GET", location, null, bearer(secret))).equals("404 no-such-connection");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void CAP_13_aFullRoomSaysSo() throws Exception {
        try (var other = new WhipStage(CALL.withPeoplePerRoom(1), IceServers.NONE, NO_LIMITS)) {
            UUID room = other.session("video");
            String first = other.token(room, "Stage left", "publish");
            String second = other.token(room, "Stage right", "publish");
            other.publish(other.peer("left"), room, first);

            String offer = other.peer("right").offer(WhipStage.clip());
            assertThat(outcome(other.post("/whip", second, offer))).isEqualTo("503 room-full");
            assertThat(other.rooms.live(room.toString())).isEqualTo(1);
            // Whose place it is comes again at any time.
            other.publish(other.peer("left again"), room, first);
        }
    }

    @Test
    void CAP_13_whatComesByATokenIsCounted() throws Exception {
        try (var other = new WhipStage(CALL, IceServers.NONE, new Settings.Limits(0, 3, 0))) {
            String secret = other.token(other.session("video"), "Stage", "publish");
            String path = "/whip/" + UUID.randomUUID();
            for (int i = 0; i < 3; i++) {
                assertThat(outcome(other.ask("GET", path, null, bearer(secret))))
                        .isEqualTo("404 no-such-connection");
            }

            var answer = other.ask("GET", path, null, bearer(secret));

            assertThat(outcome(answer)).isEqualTo("429 too-many-requests");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }
}
