package org.everytake.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.everytake.call.Refused;
import org.everytake.call.TransportAddress;
import org.everytake.wire.Malformed;
import org.everytake.wire.sdp.Fingerprint;
import org.everytake.wire.sdp.SessionDescription;

/** What is demanded of offers and answers whatever they say: an answer that can be read, or a refusal. */
public final class SdpDemands {
    private static final LocalConnection LOCAL = new LocalConnection(
            77,
            "ourUfrag",
            "ourPassword0123456789012",
            Fingerprint.sha256(new byte[3]),
            List.of(TransportAddress.udp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_004))));

    /** Of the offer that was answered. */
    private static final List<String> MIDS = List.of("0", "1", "2", "3");

    private SdpDemands() {}

    public static List<byte[]> offers() {
        return List.of(bytes("chromium-156-publish.sdp"));
    }

    public static List<byte[]> answers() {
        return List.of(bytes("chromium-156-subscribed.sdp"));
    }

    public static List<byte[]> watchOffers() {
        return List.of(WatchOfferTest.OFFER.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String resource) {
        return PublishOfferTest.resource(resource).getBytes(StandardCharsets.UTF_8);
    }

    public static boolean publishOffer(byte[] input) {
        try {
            String answer = PublishOffer.parse(text(input)).answer(LOCAL);
            assertThat(SessionDescription.parse(answer).media()).isNotEmpty();
            return true;
        } catch (Refused refused) {
            return false;
        } catch (Malformed e) {
            throw new AssertionError("our answer cannot be read", e);
        }
    }

    public static boolean subscribeAnswer(byte[] input) {
        try {
            assertThat(SubscribeAnswer.parse(text(input), MIDS).sections()).hasSize(MIDS.size());
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    public static boolean watchOffer(byte[] input) {
        try {
            WatchOffer offer = WatchOffer.parse(text(input));
            List<WatchOffer.Ssrcs> ssrcs = offer.sections().stream()
                    .map(section -> new WatchOffer.Ssrcs(1, 2))
                    .toList();
            String answer = offer.answer(LOCAL, ssrcs);
            assertThat(SessionDescription.parse(answer).media()).hasSameSizeAs(offer.sections());
            return true;
        } catch (Refused refused) {
            return false;
        } catch (Malformed e) {
            throw new AssertionError("our answer cannot be read", e);
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
