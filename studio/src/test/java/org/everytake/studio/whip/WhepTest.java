package org.everytake.studio.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.whip.WhipStage.bearer;
import static org.everytake.studio.whip.WhipStage.json;
import static org.everytake.studio.whip.WhipStage.location;
import static org.everytake.studio.whip.WhipStage.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import org.everytake.call.CallOptions;
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

/** Watching by WHEP, as far as HTTP goes; what is seen is for the call's tests and for a player of another make. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhepTest {
    private static final String OFFER = """
            v=0
            o=- 5228595038118931041 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=ice-ufrag:zjkk
            a=ice-pwd:bP+XJMM09aR8AiX1jdukzR6Y
            a=fingerprint:sha-256 %s
            a=setup:actpass
            m=audio 9 UDP/TLS/RTP/SAVPF 109
            c=IN IP4 0.0.0.0
            a=mid:0
            a=recvonly
            a=rtcp-mux
            a=rtpmap:109 opus/48000/2
            m=video 9 UDP/TLS/RTP/SAVPF 120
            c=IN IP4 0.0.0.0
            a=mid:1
            a=recvonly
            a=rtcp-mux
            a=rtpmap:120 VP8/90000
            """.formatted("00" + ":00".repeat(31)).replace("\n", "\r\n");

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
        token = stage.token(session, "Foyer", "watch");
    }

    @AfterAll
    void close() {
        stage.close();
    }

    private static JsonNode listed(WhipStage where, UUID of) throws Exception {
        return json(where.ask("GET", "/sessions/" + of + "/tokens", null, where.host.cookie()))
                .path("tokens");
    }

    private static int watching(WhipStage where, UUID of) throws Exception {
        int all = 0;
        for (JsonNode token : listed(where, of)) {
            all += token.path("watching").asInt();
        }
        return all;
    }

    @Test
    void CAP_13_whoWatchesIsNoPersonOfTheRoom() throws Exception {
        var answer = stage.post("/whep", token, OFFER);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(WhipStage.SDP);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        SessionDescription sdp = SessionDescription.parse(answer.body());
        assertThat(sdp.media())
                .allSatisfy(media -> assertThat(media.has("sendonly")).isTrue());
        assertThat(stage.inside(session)).isEmpty();
        assertThat(stage.rooms.live(session.toString())).isZero();
        assertThat(watching(stage, session)).isEqualTo(1);
        assertThat(stage.room(session).viewers().join()).hasSize(1);

        assertThat(outcome(stage.ask("DELETE", location(answer), null, bearer(token))))
                .isEqualTo("200");
        assertThat(stage.room(session).viewers().join()).isEmpty();
        assertThat(watching(stage, session)).isZero();
    }

    @Test
    void CAP_13_aPlayerFindsOutWhatTheAddressIs() throws Exception {
        var head = stage.ask("HEAD", "/whep", null);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).hasValue(WhipStage.SDP);
        assertThat(stage.ask("OPTIONS", "/whep", null).headers().firstValue("Accept-Post"))
                .hasValue(WhipStage.SDP);
    }

    @Test
    void CAP_13_iceRestartsForPlayersToo() throws Exception {
        var made = stage.post("/whep?person=" + UUID.randomUUID(), token, OFFER);
        String[] headers = bearer(token, "Content-Type", SdpFragment.CONTENT_TYPE, "If-Match", "*");
        String restart = "a=ice-ufrag:ysXw\r\na=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k\r\n";

        var restarted = stage.ask("PATCH", location(made), restart, headers);

        assertThat(restarted.statusCode()).isEqualTo(200);
        assertThat(restarted.headers().firstValue("ETag"))
                .isPresent()
                .isNotEqualTo(made.headers().firstValue("ETag"));
        assertThat(stage.room(session).viewers().join()).hasSize(1);
    }

    @Test
    void CAP_13_rightsAndConnectionsAreKeptApart() throws Exception {
        String publishing = stage.token(session, "Stage", "publish");
        assertThat(outcome(stage.post("/whep", publishing, OFFER))).isEqualTo("403 not-allowed");
        String both = stage.token(session, "Both", "publish", "watch");
        String location = location(stage.post("/whep", both, OFFER));
        assertThat(outcome(stage.ask("DELETE", location.replace("/whep/", "/whip/"), null, bearer(both))))
                .isEqualTo("404 no-such-connection");
        assertThat(outcome(stage.ask("DELETE", location, null, bearer(token)))).isEqualTo("404 no-such-connection");
        assertThat(outcome(stage.post("/whep?person=" + "x".repeat(65), token, OFFER)))
                .isEqualTo("400 malformed-request");
        assertThat(outcome(stage.post("/whep", token, OFFER.replace("recvonly", "sendonly"))))
                .isEqualTo("422 unsupported-sdp");
        assertThat(outcome(stage.post("/whep", token, OFFER.replace("VP8", "MINE"))))
                .isEqualTo("422 unsupported-sdp");
        assertThat(outcome(stage.post("/whep", token, "hello"))).isEqualTo("400 malformed-sdp");
        assertThat(watching(stage, session)).isEqualTo(1);
    }

    @Test
    void CAP_13_tenWatchByOneTokenAndAllEndWithIt() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(outcome(stage.post("/whep", token, OFFER))).isEqualTo("201");
        }
        assertThat(outcome(stage.post("/whep", token, OFFER))).isEqualTo("409 too-many-viewers");

        String id = listed(stage, session).path(0).path("id").asText();
        stage.ask("DELETE", "/sessions/" + session + "/tokens/" + id, null, stage.host.cookie());

        assertThat(stage.room(session).viewers().join()).isEmpty();
        assertThat(outcome(stage.post("/whep", token, OFFER))).isEqualTo("401 wrong-token");
    }

    @Test
    void CAP_13_aPlayerThatIsGoneIsForgotten() throws Exception {
        var impatient = CallOptions.of(new InetSocketAddress("127.0.0.1", 0)).withPathTimeout(Duration.ofSeconds(1));
        try (var other = new WhipStage(impatient, IceServers.NONE, new Settings.Limits(0, 0, 0))) {
            UUID room = other.session("video");
            other.post("/whep", other.token(room, "Foyer", "watch"), OFFER);

            Await.until("it is forgotten", () -> {
                other.passes(Duration.ZERO);
                try {
                    return watching(other, room) == 0;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
        }
    }
}
