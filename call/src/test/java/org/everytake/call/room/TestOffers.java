package org.everytake.call.room;

/** Offers and answers of a peer that sends sound and picture, as text. */
final class TestOffers {
    private static final String OFFER_HEAD = """
            v=0
            o=- 1 %d IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            """;
    static final String SECTION = """
            m=%s 9 UDP/TLS/RTP/SAVPF %d
            c=IN IP4 0.0.0.0
            a=ice-ufrag:%s
            a=ice-pwd:peersPassword01234567890
            a=fingerprint:%s
            a=setup:%s
            a=mid:%s
            a=%s
            a=rtcp-mux
            a=rtpmap:%s
            a=rtcp-fb:%d nack
            a=rtcp-fb:%d nack pli
            a=ssrc:%d cname:x
            """;

    private TestOffers() {}

    static String sdp(TestPeer peer, int version, String setup, String audio, String video, long ssrc) {
        String fingerprint = peer.fingerprint().value();
        return OFFER_HEAD.formatted(version)
                + SECTION.formatted(
                        "audio", 111, peer.ufrag, fingerprint, setup, "0", audio, "111 opus/48000/2", 111, 111, ssrc)
                + SECTION.formatted(
                        "video", 96, peer.ufrag, fingerprint, setup, "1", video, "96 VP8/90000", 96, 96, ssrc + 1);
    }

    static String offer(TestPeer peer, long ssrc) {
        return sdp(peer, 1, "actpass", "sendonly", "sendonly", ssrc);
    }
}
