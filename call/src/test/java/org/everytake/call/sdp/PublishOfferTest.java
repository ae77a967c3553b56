package org.everytake.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.everytake.call.Codec;
import org.everytake.call.Refused;
import org.everytake.call.TransportAddress;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.IceCandidate;
import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.MediaDirection;
import org.everytake.wire.sdp.Rid;
import org.everytake.wire.sdp.SessionDescription;
import org.everytake.wire.sdp.Setup;
import org.everytake.wire.sdp.Simulcast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishOfferTest {
    private static final LocalConnection LOCAL = new LocalConnection(
            77,
            "ourUfrag",
            "ourPassword0123456789012",
            Fingerprint.sha256(new byte[3]),
            List.of(TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_004))));

    static String resource(String name) {
        try (InputStream in = PublishOfferTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private final String chromium = resource("chromium-156-publish.sdp");

    @Test
    void chromiumsOfferIsUnderstood() throws Refused {
        PublishOffer offer = PublishOffer.parse(chromium);
        assertThat(offer.peer().ufrag()).isEqualTo("X2L0");
        assertThat(offer.peer().fingerprints()).hasSize(1);
        assertThat(offer.sections()).hasSize(2);
        PublishOffer.Section audio = offer.sections().getFirst();
        assertThat(audio.video()).isFalse();
        assertThat(audio.sends()).isTrue();
        assertThat(audio.repair()).isEqualTo(PublishOffer.Repair.NONE);
        assertThat(audio.codecs())
                .containsExactly(
                        new Codec(111, "opus", 48_000, 2, "minptime=10;useinbandfec=1"),
                        new Codec(63, "red", 48_000, 2, "111/111"),
                        new Codec(0, "PCMU", 8_000, 1, ""),
                        new Codec(8, "PCMA", 8_000, 1, ""));
        assertThat(audio.ssrcs()).containsExactly(2834548849L);
        PublishOffer.Section video = offer.sections().getLast();
        assertThat(video.video()).isTrue();
        assertThat(video.repair().nack()).isTrue();
        assertThat(video.repair().fullIntra()).isFalse();
        assertThat(video.repair().payloadTypes()).isEqualTo(Map.of(97, 96, 109, 108, 46, 45, 99, 98));
        assertThat(video.repair().ssrcs()).isEqualTo(Map.of(2329727441L, 2096734830L));
        assertThat(video.rids()).isEmpty();
        assertThat(video.codecs())
                .as("of H.264 the baseline in pieces, of VP9 that of eight bits")
                .extracting(Codec::payloadType)
                .containsExactly(96, 108, 45, 98);
        assertThat(video.ssrcs()).as("without that of retransmission").hasSize(1);
        assertThat(video.extensionId("urn:ietf:params:rtp-hdrext:sdes:mid")).isEqualTo(4);
        assertThat(video.extensionId("urn:3gpp:video-orientation")).isEqualTo(13);
        assertThat(video.extensionId("urn:ietf:params:rtp-hdrext:toffset")).isZero();
    }

    @Test
    void theAnswerTakesWhatCanBePassedOnAndNothingElse() throws Exception {
        SessionDescription answer =
                SessionDescription.parse(PublishOffer.parse(chromium).answer(LOCAL));
        assertThat(answer.iceLite()).isTrue();
        assertThat(answer.bundle()).containsExactly("0", "1");
        assertThat(answer.media()).hasSize(2);
        MediaDescription audio = answer.media().getFirst();
        assertThat(audio.formats()).containsExactly("111", "63", "0", "8");
        assertThat(audio.direction()).isEqualTo(MediaDirection.RECVONLY);
        assertThat(answer.setup(audio)).isEqualTo(Setup.PASSIVE);
        assertThat(audio.first(IceCandidate.class))
                .isEqualTo(new IceCandidate("1", 1, "udp", 2130706431L, "127.0.0.1", 5_004, "host", ""));
        MediaDescription video = answer.media().getLast();
        assertThat(video.formats()).containsExactly("96", "108", "45", "98", "97", "109", "46", "99");
        assertThat(Objects.requireNonNull(video.fmtp(97)).get("apt")).isEqualTo("96");
        assertThat(video.feedback(96))
                .containsExactlyInAnyOrder("goog-remb", "transport-cc", "ccm fir", "nack", "nack pli");
        assertThat(video.extensionId("urn:ietf:params:rtp-hdrext:sdes:mid")).isEqualTo(4);
        assertThat(video.ssrcs()).isEmpty();
    }

    @Test
    void CAP_13_thatThereIsOnePortAloneIsConfirmedToWhoeverSaysIt() throws Exception {
        String exclusive = chromium.replaceFirst("a=rtcp-mux\r?\n", "a=rtcp-mux\r\na=rtcp-mux-only\r\n");
        List<MediaDescription> media = SessionDescription.parse(
                        PublishOffer.parse(exclusive).answer(LOCAL))
                .media();
        assertThat(media).extracting(section -> section.has("rtcp-mux-only")).containsExactly(true, false);
        assertThat(media)
                .allSatisfy(section -> assertThat(section.has("rtcp-mux")).isTrue());
        assertThat(PublishOffer.parse(chromium).answer(LOCAL)).doesNotContain("rtcp-mux-only");
    }

    @Test
    void everyLayerOfASimulcastIsTaken() throws Exception {
        String layered = chromium.replaceAll("a=ssrc.*\r?\n", "")
                + "a=rid:q send\r\na=rid:h send\r\na=rid:f send\r\na=simulcast:send q;h;~f\r\n";
        PublishOffer offer = PublishOffer.parse(layered);
        assertThat(offer.sections().getLast().rids()).containsExactly("q", "h", "f");
        MediaDescription answer =
                SessionDescription.parse(offer.answer(LOCAL)).media().getLast();
        assertThat(answer.first(Simulcast.class)).isEqualTo(new Simulcast(List.of(), List.of("q", "h", "f")));
        assertThat(answer.all(Rid.class)).extracting(Rid::direction).containsExactly("recv", "recv", "recv");
        assertThat(answer.extensionId("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a;b;c;d;e", "q;h!", "q;;h"})
    void hostileSimulcastIsRefused(String layers) {
        assertThatThrownBy(() -> PublishOffer.parse(chromium + "a=simulcast:send " + layers + "\r\n"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.id()).isEqualTo("unsupported-sdp"));
    }

    @Test
    void whoDoesNotTakePliIsAskedByFir() throws Refused {
        PublishOffer offer = PublishOffer.parse(chromium.replaceAll("a=rtcp-fb:[0-9]+ nack pli\r?\n", ""));
        assertThat(offer.sections().getLast().repair().fullIntra()).isTrue();
    }

    @Test
    void aDataChannelIsRefusedAndTheRestTaken() throws Exception {
        String withData = chromium.replace("a=group:BUNDLE 0 1", "a=group:BUNDLE 0 1 2")
                + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\n"
                + "a=sctp-port:5000\r\n";
        SessionDescription answer =
                SessionDescription.parse(PublishOffer.parse(withData).answer(LOCAL));
        assertThat(answer.media().get(2).port()).isZero();
        assertThat(answer.bundle()).containsExactly("0", "1");
    }

    @Test
    void aSectionThatStoppedIsInactive() throws Exception {
        String stopped = chromium.substring(0, chromium.indexOf("m=video"))
                + chromium.substring(chromium.indexOf("m=video")).replace("a=sendonly", "a=inactive");
        PublishOffer offer = PublishOffer.parse(stopped);
        assertThat(offer.sections().getLast().sends()).isFalse();
        assertThat(SessionDescription.parse(offer.answer(LOCAL))
                        .media()
                        .getLast()
                        .direction())
                .isEqualTo(MediaDirection.INACTIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=group:BUNDLE 0 1 | a=x | unsupported-sdp",
                "a=rtcp-mux | a=x | unsupported-sdp",
                "a=setup:actpass | a=setup:passive | unsupported-sdp",
                "a=fingerprint:sha-256 | a=fingerprint:sha-1 | unsupported-sdp",
                "a=ice-ufrag: | a=x: | unsupported-sdp",
                "a=mid:1 | a=mid:0 | unsupported-sdp",
                "RTP/SAVPF | RTP/AVP | unsupported-sdp",
                "v=0 | v=1 | malformed-sdp",
                "a=rtpmap:111 opus/48000/2 | a=rtpmap:111 opus/many | malformed-sdp",
            })
    void whatCannotBeUsedIsRefusedByName(String from, String to, String id) {
        assertThatThrownBy(() -> PublishOffer.parse(chromium.replace(from, to)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.id()).isEqualTo(id));
    }

    @Test
    void damagedOffersAreReadOrRefusedAndNothingElse() {
        var random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            var damaged = new StringBuilder(chromium);
            for (int j = 0; j < 1 + i % 8; j++) {
                int at = random.nextInt(damaged.length());
                switch (random.nextInt(3)) {
                    case 0 -> damaged.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> damaged.deleteCharAt(at);
                    default -> damaged.setLength(Math.max(100, at));
                }
            }
            try {
                assertThat(PublishOffer.parse(damaged.toString()).answer(LOCAL)).startsWith("v=0");
            } catch (Refused refused) {
                assertThat(refused.id()).isIn("malformed-sdp", "unsupported-sdp");
            }
        }
    }
}
