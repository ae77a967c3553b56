package org.everytake.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.everytake.call.Refused;
import org.everytake.call.TransportAddress;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.SsrcGroup;
import org.junit.jupiter.api.Test;

class SubscribeTest {
    private static final LocalConnection LOCAL = new LocalConnection(
            77,
            "ourUfrag",
            "ourPassword0123456789012",
            Fingerprint.sha256(new byte[3]),
            List.of(TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_004))));

    private final String chromium = PublishOfferTest.resource("chromium-156-subscribed.sdp");

    @Test
    void CAP_1_candidatesOverTcpComeAfterThoseOverUdp() throws Exception {
        var here = new InetSocketAddress("192.0.2.1", 5_004);
        var there = new InetSocketAddress("2001:db8::1", 5_004);
        var local = new LocalConnection(
                77,
                "ourUfrag",
                "ourPassword0123456789012",
                Fingerprint.sha256(new byte[3]),
                List.of(
                        TransportAddress.udp(here),
                        TransportAddress.udp(there),
                        TransportAddress.tcp(here),
                        TransportAddress.tcp(there)));
        SessionDescription offer = SessionDescription.parse(SubscribeOffer.print(
                local, 1, List.of(new SubscribeOffer.Section("0", false, List.of(SupportedCodec.VP8), null))));
        assertThat(offer.media().getFirst().all(IceCandidate.class))
                .extracting(IceCandidate::value)
                .containsExactly(
                        "1 1 udp 2130706431 192.0.2.1 5004 typ host",
                        "2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 5004 typ host",
                        "3 1 tcp 1520434687 192.0.2.1 5004 typ host tcptype passive",
                        "4 1 tcp 1520434431 2001:db8:0:0:0:0:0:1 5004 typ host tcptype passive");
        assertThat(offer.media().getFirst().all(IceCandidate.class))
                .extracting(IceCandidate::tcpType)
                .containsExactly(null, null, IceCandidate.PASSIVE, IceCandidate.PASSIVE);
    }

    @Test
    void theOfferNamesWhatIsSentAndKeepsSilentSections() throws Exception {
        SessionDescription offer = SessionDescription.parse(SubscribeOffer.print(
                LOCAL,
                3,
                List.of(
                        new SubscribeOffer.Section(
                                "0",
                                false,
                                List.of(SupportedCodec.OPUS, SupportedCodec.RED),
                                new SubscribeOffer.Sending(99, 98, "an na", "an na", "track-1")),
                        new SubscribeOffer.Section("1", true, List.of(SupportedCodec.VP8), null),
                        new SubscribeOffer.Section(
                                "2",
                                true,
                                List.of(SupportedCodec.H264),
                                new SubscribeOffer.Sending(97, 96, "a", "a", "track-2")))));
        assertThat(offer.origin().sessionVersion()).isEqualTo(3);
        assertThat(offer.bundle()).containsExactly("0", "1", "2");
        assertThat(offer.iceLite()).isTrue();
        MediaDescription audio = offer.media().getFirst();
        assertThat(audio.direction()).isEqualTo(MediaDirection.SENDONLY);
        assertThat(offer.setup(audio)).isEqualTo(Setup.ACTPASS);
        assertThat(audio.ssrcs()).containsExactly(99L);
        assertThat(audio.value("msid")).isEqualTo("an_na track-1");
        assertThat(audio.has("end-of-candidates")).isTrue();
        assertThat(audio.formats()).containsExactly("111", "63");
        MediaDescription screen = offer.media().getLast();
        assertThat(screen.formats()).containsExactly("102", "103");
        assertThat(screen.all(SsrcGroup.class)).containsExactly(new SsrcGroup("FID", List.of(97L, 96L)));
        MediaDescription video = offer.media().get(1);
        assertThat(video.direction()).isEqualTo(MediaDirection.INACTIVE);
        assertThat(video.ssrcs()).isEmpty();
        assertThat(video.feedback(96)).contains("nack", "nack pli");
    }

    @Test
    void chromiumsAnswerIsUnderstood() throws Refused {
        SubscribeAnswer answer = SubscribeAnswer.parse(chromium, List.of("0", "1", "2", "3"));
        assertThat(answer.peer()).isNotNull();
        assertThat(answer.sections()).hasSize(4).allMatch(SubscribeAnswer.Section::receives);
        assertThat(answer.sections()).allMatch(section -> section.extensions().contains(1));
        assertThat(answer.sections().getFirst().codecs()).containsExactly(SupportedCodec.OPUS);
        assertThat(answer.sections().getLast().repair())
                .as("an answer without retransmission streams")
                .isFalse();
    }

    @Test
    void refusedAndInactiveSectionsGetNothing() throws Refused {
        String answer =
                chromium.replace("m=audio 9", "m=audio 0").replaceFirst("(m=video(?s:.*?))a=recvonly", "$1a=inactive");
        assertThat(SubscribeAnswer.parse(answer, List.of("0", "1", "2", "3")).sections())
                .extracting(SubscribeAnswer.Section::receives)
                .containsExactly(false, false, false, true);
    }

    @Test
    void answersThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> SubscribeAnswer.parse(chromium, List.of("0", "1")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> SubscribeAnswer.parse(chromium, List.of("0", "1", "2", "9")))
                .isInstanceOf(Refused.class);
        String passive = chromium.replace("a=setup:active", "a=setup:passive");
        assertThatThrownBy(() -> SubscribeAnswer.parse(passive, List.of("0", "1", "2", "3")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> SubscribeAnswer.parse("rubbish", List.of("0"))).isInstanceOf(Refused.class);
    }
}
