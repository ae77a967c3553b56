package org.everytake.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.everytake.call.Refused;
import org.everytake.call.TransportAddress;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.RtpMap;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.SsrcGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchOfferTest {
    private static final LocalConnection LOCAL = new LocalConnection(
            77,
            "ourUfrag",
            "ourPassword0123456789012",
            Fingerprint.sha256(new byte[3]),
            List.of(TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_004))));

    /** As a browser offers to receive, with payload types that are not ours. */
    static final String OFFER = """
            v=0
            o=- 5228595038118931041 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=ice-ufrag:zjkk
            a=ice-pwd:bP+XJMM09aR8AiX1jdukzR6Y
            a=fingerprint:sha-256 %s
            a=setup:actpass
            m=audio 9 UDP/TLS/RTP/SAVPF 109 0 63
            c=IN IP4 0.0.0.0
            a=mid:0
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=recvonly
            a=rtcp-mux
            a=rtpmap:109 opus/48000/2
            a=fmtp:109 minptime=10;useinbandfec=1
            a=rtpmap:0 PCMU/8000
            a=rtpmap:63 red/48000/2
            a=fmtp:63 109/109
            m=video 9 UDP/TLS/RTP/SAVPF 100 101 45 46 35
            c=IN IP4 0.0.0.0
            a=mid:1
            a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=extmap:9 urn:3gpp:video-orientation
            a=recvonly
            a=rtcp-mux
            a=rtpmap:100 VP8/90000
            a=rtcp-fb:100 nack
            a=rtcp-fb:100 nack pli
            a=rtpmap:101 rtx/90000
            a=fmtp:101 apt=100
            a=rtpmap:45 H264/90000
            a=fmtp:45 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
            a=rtpmap:46 rtx/90000
            a=fmtp:46 apt=45
            a=rtpmap:35 THEORA/90000
            """.formatted("00" + ":00".repeat(31));

    @Test
    void numbersAreTheViewers() throws Exception {
        WatchOffer offer = WatchOffer.parse(OFFER);

        WatchOffer.Section sound = offer.sections().getFirst();
        assertThat(sound.payloadTypes()).isEqualTo(Map.of(SupportedCodec.OPUS, 109, SupportedCodec.PCMU, 0));
        assertThat(sound.extensions())
                .isEqualTo(Map.of(SubscribeOffer.MID_EXTENSION, 4, SubscribeOffer.TRANSPORT_SEQUENCE_EXTENSION, 3));
        assertThat(sound.repair()).isFalse();
        WatchOffer.Section picture = offer.sections().getLast();
        assertThat(picture.payloadTypes()).isEqualTo(Map.of(SupportedCodec.VP8, 100, SupportedCodec.H264, 45));
        assertThat(picture.retransmissionPayloadTypes())
                .isEqualTo(Map.of(SupportedCodec.VP8, 101, SupportedCodec.H264, 46));
        assertThat(picture.extensions()).containsEntry(SubscribeOffer.VIDEO_ORIENTATION_EXTENSION, 9);
        assertThat(picture.repair()).isTrue();
        assertThat(WatchOffer.parse(OFFER.replaceAll("(?m)^a=.*:46 .*\n", ""))
                        .sections()
                        .getLast()
                        .repair())
                .as("a codec could not be sent again")
                .isFalse();
    }

    @Test
    void theAnswerSendsWhatItCan() throws Exception {
        SessionDescription answer = SessionDescription.parse(
                WatchOffer.parse(OFFER).answer(LOCAL, List.of(new WatchOffer.Ssrcs(1, 2), new WatchOffer.Ssrcs(3, 4))));

        assertThat(answer.iceLite()).isTrue();
        assertThat(answer.bundle()).containsExactly("0", "1");
        assertThat(answer.media()).allSatisfy(media -> {
            assertThat(media.has("sendonly")).isTrue();
            assertThat(answer.setup(media)).isEqualTo(Setup.PASSIVE);
            assertThat(media.extensionId(ExtMap.MID)).isEqualTo(4);
        });
        MediaDescription sound = answer.media().getFirst();
        assertThat(sound.formats()).containsExactly("109", "0");
        assertThat(sound.ssrcs()).containsExactly(1L);
        assertThat(sound.has("candidate")).isTrue();
        MediaDescription picture = answer.media().getLast();
        assertThat(picture.formats()).containsExactly("100", "101", "45", "46");
        assertThat(picture.rtpMaps().get(101)).isEqualTo(new RtpMap(101, "rtx", 90_000, 1));
        assertThat(picture.all(SsrcGroup.class)).containsExactly(new SsrcGroup("FID", List.of(3L, 4L)));
        assertThat(picture.feedback(100)).containsExactly("nack", "nack pli");
        assertThat(picture.has("candidate")).isFalse();
    }

    @Test
    void CAP_13_thatThereIsOnePortAloneIsConfirmedToWhoeverSaysIt() throws Exception {
        List<WatchOffer.Ssrcs> ssrcs = List.of(new WatchOffer.Ssrcs(1, 2), new WatchOffer.Ssrcs(3, 4));
        String exclusive = OFFER.replace("a=rtcp-mux\n", "a=rtcp-mux\na=rtcp-mux-only\n");
        assertThat(SessionDescription.parse(WatchOffer.parse(exclusive).answer(LOCAL, ssrcs))
                        .media())
                .allSatisfy(media -> assertThat(media.has("rtcp-mux-only")).isTrue());
        assertThat(WatchOffer.parse(OFFER).answer(LOCAL, ssrcs)).doesNotContain("rtcp-mux-only");
    }

    @ParameterizedTest
    @CsvSource({
        "a=recvonly, a=sendonly",
        "a=recvonly, a=inactive",
        "a=rtcp-mux, a=x",
        "a=mid:1, a=mid:9",
        "a=setup:actpass, a=setup:passive",
        "a=group:BUNDLE 0 1, a=x",
        "a=ice-ufrag:zjkk, a=x",
        "VP8/90000, MINE/1",
        "m=video, m=audio",
        "UDP/TLS/RTP/SAVPF, RTP/AVP"
    })
    void whatCannotBeWatchedIsRefused(String part, String other) {
        String offer =
                OFFER.replace(part, other).replace("H264/90000", other.startsWith("MINE") ? "M/1" : "H264/90000");
        assertThatThrownBy(() -> WatchOffer.parse(offer))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.id()).isEqualTo("unsupported-sdp"));
    }

    @Test
    void whatIsNoSdpIsMalformed() {
        for (String text : new String[] {"", "hello", "v=0"}) {
            assertThatThrownBy(() -> WatchOffer.parse(text))
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.id()).isEqualTo("malformed-sdp"));
        }
        assertThatThrownBy(() -> WatchOffer.parse("v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n"))
                .isInstanceOf(Refused.class);
    }
}
