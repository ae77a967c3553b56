package org.everytake.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.everytake.call.Refused;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.ExtMap;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.SessionDescription;
import org.junit.jupiter.api.Test;

/** The dependency descriptor of AV1 in offers and answers. */
class DescriptorExtensionTest {
    private static final LocalConnection LOCAL = new LocalConnection(
            77,
            "ourUfrag",
            "ourPassword0123456789012",
            Fingerprint.sha256(new byte[3]),
            List.of(TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_004))));

    /** The id of the orientation becomes the descriptor's. */
    private static String described(String resource) {
        return PublishOfferTest.resource(resource).replace(ExtMap.VIDEO_ORIENTATION, ExtMap.DEPENDENCY_DESCRIPTOR);
    }

    @Test
    void CAP_3_aPublisherMaySendItInEitherForm() throws Refused, Malformed {
        PublishOffer offer = PublishOffer.parse(described("chromium-156-publish.sdp"));
        assertThat(offer.sections().getLast().extensionId(ExtMap.DEPENDENCY_DESCRIPTOR))
                .isEqualTo(13);
        SessionDescription answer = SessionDescription.parse(offer.answer(LOCAL));
        assertThat(answer.has("extmap-allow-mixed")).isTrue();
        assertThat(answer.media().getLast().extensionId(ExtMap.DEPENDENCY_DESCRIPTOR))
                .isEqualTo(13);
        PublishOffer old =
                PublishOffer.parse(described("chromium-156-publish.sdp").replaceAll("a=extmap-allow-mixed\r?\n", ""));
        assertThat(SessionDescription.parse(old.answer(LOCAL)).has("extmap-allow-mixed"))
                .isFalse();
    }

    @Test
    void CAP_3_itIsOfferedWithAv1() throws Malformed {
        SessionDescription offer = SessionDescription.parse(SubscribeOffer.print(
                LOCAL,
                1,
                List.of(
                        new SubscribeOffer.Section("0", true, List.of(SupportedCodec.VP8), null),
                        new SubscribeOffer.Section("1", true, List.of(SupportedCodec.VP8, SupportedCodec.AV1), null))));
        assertThat(offer.has("extmap-allow-mixed")).isTrue();
        assertThat(offer.media().getFirst().extensionId(ExtMap.DEPENDENCY_DESCRIPTOR))
                .isEqualTo(-1);
        assertThat(offer.media().getLast().extensionId(ExtMap.DEPENDENCY_DESCRIPTOR))
                .isEqualTo(SubscribeOffer.DEPENDENCY_DESCRIPTOR_EXTENSION);
    }

    @Test
    void CAP_3_whoTakesOnlyShortExtensionsDoesNotGetIt() throws Refused {
        String answer = PublishOfferTest.resource("chromium-156-subscribed.sdp")
                .replaceAll("(a=mid:.*\r?\n)", "$1a=extmap:5 " + ExtMap.DEPENDENCY_DESCRIPTOR + "\r\n");
        List<String> mids = List.of("0", "1", "2", "3");
        String only = answer.replaceAll("a=extmap-allow-mixed\r?\n", "");
        assertThat(SubscribeAnswer.parse(only, mids).sections())
                .noneMatch(section -> section.extensions().contains(5));
        String mixed = only.replaceFirst("(?m)^t=0 0\r?\n", "t=0 0\r\na=extmap-allow-mixed\r\n");
        assertThat(SubscribeAnswer.parse(mixed, mids).sections())
                .anyMatch(section -> section.extensions().contains(5));
    }
}
