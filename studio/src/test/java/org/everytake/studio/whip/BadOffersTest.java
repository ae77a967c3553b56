package org.everytake.studio.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.everytake.studio.whip.WhipStage.bearer;
import static org.everytake.studio.whip.WhipStage.outcome;

import java.util.UUID;
import java.util.stream.Stream;
import org.everytake.wire.sdp.SdpFragment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program that means ill, or knows no better, sends to the endpoint of WHIP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadOffersTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    private WhipStage stage;
    private UUID session;
    private String token;
    private String good;

    @BeforeAll
    void open() throws Exception {
        stage = new WhipStage();
        session = stage.session("video");
        token = stage.token(session, "Stage", "publish");
        good = stage.peer("obs").offer(WhipStage.clip());
    }

    @AfterAll
    void close() {
        stage.close();
    }

    Stream<Arguments> offers() {
        String video = good.substring(good.indexOf("m=video"));
        return Stream.of(
                Arguments.of("nothing", "", "400 malformed-sdp"),
                Arguments.of("no SDP", "hello", "400 malformed-sdp"),
                Arguments.of("JSON", "{\"sdp\":\"v=0\"}", "400 malformed-sdp"),
                Arguments.of("bytes", "\0\1\2\uFFFD\r\n".repeat(20), "400 malformed-sdp"),
                Arguments.of("a megabyte", "v=0\r\n" + "a=x:y\r\n".repeat(150_000), "413 too-large"),
                Arguments.of("more lines than there may be", HEAD + "a=x\r\n".repeat(600), "400 malformed-sdp"),
                Arguments.of("no media", HEAD, "422 unsupported-sdp"),
                Arguments.of(
                        "only data",
                        HEAD + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n",
                        "422 unsupported-sdp"),
                Arguments.of(
                        "data besides",
                        good + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n",
                        "422 unsupported-sdp"),
                Arguments.of("two pictures", good + video.replace("a=mid:1", "a=mid:2"), "422 unsupported-sdp"),
                Arguments.of("a codec of nobody", good.replace("VP8/90000", "MINE/90000"), "422 unsupported-sdp"),
                Arguments.of("who wants to receive", good.replace("a=sendonly", "a=recvonly"), "422 unsupported-sdp"),
                Arguments.of("who does nothing", good.replace("a=sendonly", "a=inactive"), "422 unsupported-sdp"),
                Arguments.of(
                        "who waits for us", good.replace("a=setup:actpass", "a=setup:passive"), "422 unsupported-sdp"),
                Arguments.of("no fingerprint", good.replaceAll("a=fingerprint.*\r\n", ""), "422 unsupported-sdp"),
                Arguments.of("no ICE", good.replaceAll("a=ice-ufrag.*\r\n", ""), "422 unsupported-sdp"),
                Arguments.of("plain RTP", good.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"), "422 unsupported-sdp"),
                Arguments.of("without a bundle", good.replaceAll("a=group.*\r\n", ""), "422 unsupported-sdp"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void CAP_13_aBadOfferIsRefusedAndLeavesNobodyBehind(String what, String offer, String outcome) throws Exception {
        assertThat(outcome(stage.post("/whip", token, offer))).as(what).isEqualTo(outcome);
        assertThat(stage.inside(session)).as(what).isEmpty();
        assertThat(stage.rooms.live(session.toString())).as(what).isZero();
    }

    @Test
    void CAP_3_noCameraIsTakenWhereThereIsNone() throws Exception {
        UUID sound = stage.session("audio-no-video");
        String other = stage.token(sound, "Stage", "publish");
        assertThat(outcome(stage.post("/whip", other, good))).isEqualTo("422 unsupported-sdp");
        assertThat(stage.inside(sound)).isEmpty();
        String alone = good.substring(0, good.indexOf("m=video")).replace("BUNDLE 0 1", "BUNDLE 0");
        assertThat(outcome(stage.post("/whip", other, alone))).isEqualTo("201");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 415 unsupported-type",
                "application/json, 415 unsupported-type",
                "text/plain, 415 unsupported-type",
                "application/trickle-ice-sdpfrag, 415 unsupported-type",
                "Application/SDP; charset=utf-8, 400 malformed-sdp"
            })
    void CAP_13_theBodyIsSdpAndSaysSo(String type, String outcome) throws Exception {
        String[] headers = type == null ? bearer(token) : bearer(token, "Content-Type", type);
        assertThat(outcome(stage.ask("POST", "/whip", "hello", headers))).isEqualTo(outcome);
    }

    @Test
    void CAP_13_badFragmentsAreRefusedAndChangeNothing() throws Exception {
        UUID other = stage.session("video");
        String publisher = stage.token(other, "Stage", "publish");
        String location = WhipStage.location(
                stage.post("/whip", publisher, stage.peer("x").offer(WhipStage.clip())));
        for (String body : new String[] {"", "hello", HEAD, "a=candidate:x\r\n", "\0"}) {
            assertThat(outcome(stage.ask(
                            "PATCH",
                            location,
                            body,
                            bearer(publisher, "Content-Type", SdpFragment.CONTENT_TYPE, "If-Match", "*"))))
                    .as(body)
                    .isEqualTo("400 malformed-sdp");
        }
        String large = "a=x:y\r\n".repeat(150_000);
        assertThat(outcome(stage.ask(
                        "PATCH",
                        location,
                        large,
                        bearer(publisher, "Content-Type", SdpFragment.CONTENT_TYPE, "If-Match", "*"))))
                .isEqualTo("413 too-large");
        assertThat(outcome(stage.ask(
                        "PATCH", location, good, bearer(publisher, "Content-Type", WhipStage.SDP, "If-Match", "*"))))
                .isEqualTo("415 unsupported-type");
        assertThat(stage.inside(other)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /whip",
        "PATCH, /whip",
        "DELETE, /whip",
        "POST, /whip/0199",
        "PUT, /whip/0199",
    })
    void CAP_13_otherMethodsAreNotAllowed(String method, String path) throws Exception {
        assertThat(outcome(stage.ask(method, path, null, bearer(token)))).isEqualTo("405 method-not-allowed");
    }

    @Test
    void CAP_13_pagesOfOtherSitesMayPublishByATokenAndAskBefore() throws Exception {
        String[] page = {"Origin", "https://player.example.net", "Sec-Fetch-Site", "cross-site"};
        var preflight = stage.ask("OPTIONS", "/whip", null, page);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("*");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Methods")
                        .orElseThrow())
                .contains("POST");
        assertThat(preflight
                        .headers()
                        .firstValue("Access-Control-Allow-Headers")
                        .orElseThrow())
                .contains("Authorization", "Content-Type");
        assertThat(preflight.headers().firstValue("Accept-Post")).hasValue(WhipStage.SDP);
        var one = stage.ask("OPTIONS", "/whip/" + UUID.randomUUID(), null, page);
        assertThat(one.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("PATCH", "DELETE");
        assertThat(one.headers().firstValue("Accept-Patch")).hasValue(SdpFragment.CONTENT_TYPE);

        var refused = stage.ask(
                "POST",
                "/whip",
                "hello",
                bearer(token, "Content-Type", WhipStage.SDP, "Origin", "https://player.example.net"));
        assertThat(outcome(refused)).isEqualTo("400 malformed-sdp");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(refused.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("Location", "ETag", "Link");
        // Everything else stays closed to them.
        assertThat(outcome(stage.ask("POST", "/sessions", "{\"title\":\"x\"}", page)))
                .isEqualTo("403 wrong-origin");
    }
}
