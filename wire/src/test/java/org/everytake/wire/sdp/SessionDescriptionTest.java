package org.everytake.wire.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDescriptionTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    /** An offer of Chromium 156: audio, simulcast video, video, and audio that it wants to receive. */
    public static String chromiumOffer() throws IOException {
        try (InputStream in = SessionDescriptionTest.class.getResourceAsStream("chromium-offer.sdp")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBrowsersOfferPrintsAsItCame() throws Exception {
        String offer = chromiumOffer().replace("\n", "\r\n");
        assertThat(SessionDescription.parse(offer).print()).isEqualTo(offer);
    }

    @Test
    void aBrowsersOfferIsUnderstood() throws Exception {
        SessionDescription offer = SessionDescription.parse(chromiumOffer());
        assertThat(offer.bundle()).containsExactly("0", "1", "2", "3");
        assertThat(offer.iceLite()).isFalse();
        assertThat(offer.media())
                .extracting(MediaDescription::kind)
                .containsExactly("audio", "video", "video", "audio");

        MediaDescription audio = Objects.requireNonNull(offer.media("0"));
        assertThat(audio.protocol()).isEqualTo(MediaDescription.DTLS_SRTP);
        assertThat(audio.direction()).isEqualTo(MediaDirection.SENDONLY);
        assertThat(audio.rtpMaps().values().iterator().next()).isEqualTo(new RtpMap(111, "opus", 48000, 2));
        assertThat(Objects.requireNonNull(audio.fmtp(111)).get("useinbandfec")).isEqualTo("1");
        assertThat(audio.extensionId(ExtMap.AUDIO_LEVEL)).isEqualTo(1);
        assertThat(audio.extensionId(ExtMap.MID)).isEqualTo(4);
        assertThat(audio.extensionId(ExtMap.TRANSPORT_CC)).isEqualTo(3);
        assertThat(audio.extensionId(ExtMap.ABSOLUTE_SEND_TIME)).isEqualTo(2);
        assertThat(audio.ssrcs()).hasSize(1);
        assertThat(audio.has("rtcp-mux")).isTrue();
        assertThat(offer.setup(audio)).isEqualTo(Setup.ACTPASS);
        assertThat(offer.iceUfrag(audio)).hasSize(4);
        assertThat(offer.icePwd(audio)).hasSize(24);
        assertThat(offer.fingerprints(audio)).hasSize(1);

        MediaDescription simulcast = Objects.requireNonNull(offer.media("1"));
        assertThat(simulcast.all(Rid.class)).extracting(Rid::id).containsExactly("h", "m", "l");
        assertThat(Objects.requireNonNull(simulcast.first(Simulcast.class)).send())
                .containsExactly("h", "m", "l");
        assertThat(simulcast.feedback(96)).contains(RtcpFeedback.NACK, RtcpFeedback.NACK_PLI, RtcpFeedback.CCM_FIR);

        assertThat(simulcast.feedback(96)).contains(RtcpFeedback.TRANSPORT_CC, RtcpFeedback.REMB);
        assertThat(simulcast.extensionId(ExtMap.RTP_STREAM_ID)).isPositive();
        assertThat(simulcast.extensionId(ExtMap.REPAIRED_RTP_STREAM_ID)).isPositive();
        assertThat(simulcast.extensionId(ExtMap.VIDEO_ORIENTATION)).isPositive();

        MediaDescription video = Objects.requireNonNull(offer.media("2"));
        assertThat(Objects.requireNonNull(video.first(SsrcGroup.class)).semantics())
                .isEqualTo("FID");
        assertThat(Objects.requireNonNull(offer.media("3")).direction()).isEqualTo(MediaDirection.RECVONLY);
    }

    @Test
    void anAnswerIsBuiltAndReadAgain() throws Malformed {
        MediaDescription audio = MediaDescription.rtp(
                "audio",
                List.of(111),
                List.of(
                        RawAttribute.mid("0"),
                        RawAttribute.iceUfrag("abcd"),
                        RawAttribute.icePwd("0123456789012345678901"),
                        Fingerprint.sha256(new byte[] {1}),
                        Setup.PASSIVE,
                        MediaDirection.RECVONLY,
                        RawAttribute.RTCP_MUX,
                        RawAttribute.RTCP_RSIZE,
                        new ExtMap(4, ExtMap.MID),
                        new ExtMap(5, MediaDirection.SENDONLY, "urn:x", "a b"),
                        new RtpMap(111, "opus", 48000, 2),
                        new Fmtp(111, "minptime=10"),
                        new RtcpFeedback(RtcpFeedback.ANY, "nack"),
                        new SsrcAttribute(7, "cname", "anna"),
                        new SsrcAttribute(8, "flag", null),
                        new SsrcGroup("FID", List.of(7L, 8L)),
                        new Msid("-", null),
                        new Msid("s", "t"),
                        new Rid("h", "recv", "max-width=1280"),
                        new Simulcast(List.of("a"), List.of("b;c".split(";"))),
                        IceCandidate.host("1", IceCandidate.priority(126, 65535, 1), "192.0.2.1", 7000),
                        new IceCandidate("2", 1, "tcp", 1, "2001:db8::1", 9, "host", "tcptype active"),
                        RawAttribute.END_OF_CANDIDATES));
        SessionDescription answer = new SessionDescription(
                Origin.of(-1, 1),
                "-",
                List.of(new SdpLine('b', "AS:1000")),
                List.of(RawAttribute.ICE_LITE, new Group(Group.BUNDLE, List.of("0")), RawAttribute.MSID_SEMANTIC),
                List.of(audio, audio.refused()));
        SessionDescription parsed = SessionDescription.parse(answer.print());
        assertThat(parsed).isEqualTo(answer);
        assertThat(parsed.iceLite()).isTrue();
        assertThat(parsed.media().getLast().port()).isZero();
        assertThat(parsed.media().getFirst().feedback(99)).containsExactly("nack");
        assertThat(parsed.print()).contains("o=- 18446744073709551615 1 IN").endsWith("a=inactive\r\n");
        assertThat(parsed.media().getFirst().all(IceCandidate.class).getFirst().value())
                .isEqualTo("1 1 udp 2130706431 192.0.2.1 7000 typ host");
    }

    @Test
    void sectionsInheritFromTheSession() throws Malformed {
        SessionDescription session = SessionDescription.parse(HEAD
                + "a=ice-ufrag:u\r\na=ice-pwd:p\r\na=setup:active\r\n"
                + "a=fingerprint:SHA-256 " + "ab:".repeat(31) + "cd\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n");
        MediaDescription audio = session.media().getFirst();
        assertThat(session.iceUfrag(audio)).isEqualTo("u");
        assertThat(session.icePwd(audio)).isEqualTo("p");
        assertThat(session.setup(audio)).isEqualTo(Setup.ACTIVE);
        assertThat(session.fingerprints(audio).getFirst().hash()).isEqualTo("sha-256");
        assertThat(audio.direction()).isEqualTo(MediaDirection.SENDRECV);
        assertThat(audio.fmtp(0)).isNull();
        assertThat(audio.extensionId("none")).isEqualTo(-1);
    }

    @Test
    void linesInAnyOrderPrintInTheOrderOfTheRfc() throws Malformed {
        SessionDescription session = SessionDescription.parse(HEAD + "q=later\r\nc=IN IP4 0.0.0.0\r\n");
        assertThat(session.print()).contains("s=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\nq=later\r\n");
        assertThat(SessionDescription.parse(session.print())).isEqualTo(session);
    }

    @Test
    void candidatesOfABrowserAreRead() throws Malformed {
        IceCandidate candidate = IceCandidate.parse("candidate:842163049 1 UDP 1677729535 a-b-c.local 46154 typ srflx"
                + " raddr 0.0.0.0 rport 0 generation 0 ufrag cOVi network-cost 999");
        assertThat(candidate.isUdp()).isTrue();
        assertThat(candidate.address()).isEqualTo("a-b-c.local");
        assertThat(candidate.port()).isEqualTo(46154);
        assertThat(candidate.type()).isEqualTo("srflx");
        assertThat(candidate.extensions()).startsWith("raddr 0.0.0.0").endsWith("999");
    }

    @Test
    void candidatesOverTcpSayWhoConnects() throws Malformed {
        IceCandidate active = IceCandidate.parse(
                "candidate:7 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0 network-id 1");
        assertThat(active.isTcp()).isTrue();
        assertThat(active.isUdp()).isFalse();
        assertThat(active.tcpType()).isEqualTo(IceCandidate.ACTIVE);
        assertThat(active.extension("generation")).isEqualTo("0");
        IceCandidate reflexive =
                IceCandidate.parse("candidate:8 1 TCP 1 198.51.100.1 9 typ srflx raddr 192.0.2.1 rport 9 tcptype so");
        assertThat(reflexive.isTcp()).isTrue();
        assertThat(reflexive.tcpType()).isEqualTo(IceCandidate.SIMULTANEOUS_OPEN);
        IceCandidate passive = IceCandidate.tcpHost("1", 2, "2001:db8::1", 7443, IceCandidate.PASSIVE);
        assertThat(passive.value()).isEqualTo("1 1 tcp 2 2001:db8::1 7443 typ host tcptype passive");
        assertThat(IceCandidate.parse("candidate:" + passive.value())).isEqualTo(passive);
        assertThat(IceCandidate.host("1", 2, "192.0.2.1", 7000).tcpType()).isNull();
        assertThat(IceCandidate.parse("candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype")
                        .tcpType())
                .isNull();
    }

    /** As Firefox 153 and Chromium 156 write them, and as RFC 8853 allows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=simulcast:send q;h;f",
                "a=simulcast:send ~q;h;f",
                "a=simulcast:recv x send q,a;~h,b;f",
            })
    void simulcastIsReadInEachForm(String line) throws Malformed {
        String sdp = HEAD + "m=video 9 UDP/TLS/RTP/SAVPF 120\r\na=rid:q send\r\na=rid:h send pt=120;max-width=640\r\n"
                + "a=rid:f send\r\n" + line + "\r\n";
        SessionDescription session = SessionDescription.parse(sdp);
        MediaDescription video = session.media().getFirst();
        Simulcast simulcast = Objects.requireNonNull(video.first(Simulcast.class));
        assertThat(Simulcast.rids(simulcast.send())).containsExactly("q", "h", "f");
        assertThat(video.all(Rid.class)).extracting(Rid::id).containsExactly("q", "h", "f");
        assertThat(video.all(Rid.class)).extracting(Rid::restrictions).containsExactly("", "pt=120;max-width=640", "");
        assertThat(SessionDescription.parse(session.print())).isEqualTo(session);
    }

    @Test
    void fingerprintsMatchTheirCertificateOnly() {
        byte[] certificate = {1, 2, 3};
        assertThat(Fingerprint.sha256(certificate).matches(certificate)).isTrue();
        assertThat(Fingerprint.sha256(certificate).matches(new byte[] {1})).isFalse();
        assertThat(new Fingerprint("sha-1", "00").matches(certificate)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v=0\r\n",
                "v=1\r\no=- 1 2 IN IP4 127.0.0.1\r\n",
                "o=- 1 2 IN IP4 127.0.0.1\r\nv=0\r\n",
                HEAD + "v=0\r\n",
                HEAD + "o=- 1 2 IN IP4 127.0.0.1\r\n",
                HEAD + "nonsense\r\n",
                HEAD + "\r\nm=audio 9 RTP/AVP 0\r\n",
                HEAD + "A=b\r\n",
                HEAD + "a=mid:\u0007\r\n",
                HEAD + "a=mid:a\rb\r\n",
                HEAD + "m=audio\r\n",
                HEAD + "m=audio 70000 RTP/AVP 0\r\n",
                HEAD + "m=audio 9 RTP/AVP \r\n",
                HEAD + "a=rtpmap:128 opus/48000\r\n",
                HEAD + "a=rtpmap:96\r\n",
                HEAD + "a=rtpmap:96 opus\r\n",
                HEAD + "a=rtpmap:96 opus/99999999999\r\n",
                HEAD + "a=rtpmap:-1 opus/48000\r\n",
                HEAD + "a=fmtp:96\r\n",
                HEAD + "a=extmap:0 urn:x\r\n",
                HEAD + "a=extmap:1/sideways urn:x\r\n",
                HEAD + "a=candidate:1 1 udp\r\n",
                HEAD + "a=candidate:1 1 udp 1 192.0.2.1 9 host\r\n",
                HEAD + "a=fingerprint:sha-256 zz\r\n",
                HEAD + "a=fingerprint:sha-256 00:11\r\n",
                HEAD + "a=ssrc:4294967296 cname:a\r\n",
                HEAD + "a=ssrc-group:FID x\r\n",
                HEAD + "a=simulcast:\r\n",
                HEAD + "a=simulcast:send a send b\r\n",
                HEAD + "a=rid:h both\r\n"
            })
    void malformedDescriptionsAreRefused(String sdp) {
        assertThatThrownBy(() -> SessionDescription.parse(sdp)).isInstanceOf(Malformed.class);
    }

    @Test
    void limitsHold() {
        refuses(HEAD + "a=x\r\n".repeat(20_000), "longer than");
        refuses(HEAD + "a=x\r\n".repeat(SessionDescription.MAX_ATTRIBUTES_PER_SECTION + 1), "attributes");
        refuses(HEAD + "b=x\r\n".repeat(SessionDescription.MAX_ATTRIBUTES_PER_SECTION + 1), "lines");
        refuses(HEAD + "m=audio 9 RTP/AVP 0\r\n".repeat(SessionDescription.MAX_MEDIA + 1), "media");
        refuses(HEAD + "a=" + "x".repeat(SessionDescription.MAX_LINE_LENGTH) + "\r\n", "line longer");
    }

    private static void refuses(String sdp, String why) {
        assertThatThrownBy(() -> SessionDescription.parse(sdp))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining(why);
    }
}
