package org.everytake.studio.whip;

import static org.assertj.core.api.Assertions.assertThat;

import org.everytake.wire.sdp.MediaDescription;
import org.everytake.wire.sdp.SessionDescription;
import org.junit.jupiter.api.Test;

class IceSessionTest {
    private static final String OFFER =
            """
            v=0
            o=- 5228595038118931041 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            a=ice-options:trickle ice2
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            c=IN IP4 0.0.0.0
            a=ice-ufrag:EsAw
            a=ice-pwd:bP+XJMM09aR8AiX1jdukzR6Y
            a=fingerprint:sha-256 DA:7B
            a=mid:0
            a=candidate:1 1 udp 2130706431 192.0.2.1 7000 typ host
            a=end-of-candidates
            a=rtpmap:111 opus/48000/2
            m=video 0 UDP/TLS/RTP/SAVPF 96
            a=mid:1
            a=bundle-only
            a=rtpmap:96 VP8/90000
            """.replace("DA:7B", "DA:7B" + ":00".repeat(30)).replace("\n", "\r\n");

    @Test
    void aRestartChangesOnlyTheCredentialsOfAnOffer() throws Exception {
        SessionDescription offer = SessionDescription.parse(OFFER);

        SessionDescription restarted = IceSession.restarted(offer, "ysXw", "vw5LmwG4y/e6dPP/zAP9Gp5k");

        for (MediaDescription media : restarted.media()) {
            assertThat(restarted.iceUfrag(media)).isEqualTo("ysXw");
            assertThat(restarted.icePwd(media)).isEqualTo("vw5LmwG4y/e6dPP/zAP9Gp5k");
            assertThat(media.has("candidate")).isFalse();
        }
        assertThat(restarted.fingerprints(restarted.media().getFirst()))
                .isEqualTo(offer.fingerprints(offer.media().getFirst()));
        assertThat(restarted.bundle()).containsExactly("0", "1");
        assertThat(restarted.origin()).isEqualTo(offer.origin());
        assertThat(IceSession.restarted(restarted, "EsAw", "bP+XJMM09aR8AiX1jdukzR6Y")
                        .media())
                .isEqualTo(restarted.media());
        assertThat(SessionDescription.parse(restarted.print())).isEqualTo(restarted);
    }

    @Test
    void ofAnAnswerAFragmentHasWhatBelongsToIce() throws Exception {
        String answer = OFFER.replace("a=ice-options:trickle ice2", "a=ice-lite");

        assertThat(IceSession.fragment(SessionDescription.parse(answer)).print())
                .isEqualTo("""
                        a=group:BUNDLE 0 1
                        a=ice-lite
                        m=audio 9 UDP/TLS/RTP/SAVPF 111
                        a=ice-ufrag:EsAw
                        a=ice-pwd:bP+XJMM09aR8AiX1jdukzR6Y
                        a=mid:0
                        a=candidate:1 1 udp 2130706431 192.0.2.1 7000 typ host
                        a=end-of-candidates
                        """.replace("\n", "\r\n"));
        assertThat(IceSession.entityTag(SessionDescription.parse(answer))).isEqualTo("\"EsAw\"");
    }

    @Test
    void theSectionThatSpeaksIsTheFirstThatIsNotRefused() throws Exception {
        String answer = OFFER.replace("m=audio 9", "m=audio 0").replace("m=video 0", "m=video 9");

        assertThat(IceSession.fragment(SessionDescription.parse(answer))
                        .media()
                        .getFirst()
                        .mid())
                .isEqualTo("1");
    }
}
