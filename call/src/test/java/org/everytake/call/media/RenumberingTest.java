package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.call.sdp.WatchOffer;
import org.junit.jupiter.api.Test;

class RenumberingTest {
    private final Renumbering renumbering = new Renumbering(List.of(new WatchOffer.Section(
            "0", true, Map.of(SupportedCodec.VP8, 120), Map.of(SupportedCodec.VP8, 121), Map.of(1, 7, 2, 14))));

    private String after(String packet) {
        byte[] bytes = HexFormat.of().parseHex(packet.replace(" ", ""));
        renumbering.apply(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hex(String packet) {
        return packet.replace(" ", "");
    }

    @Test
    void payloadTypesAreTheirsAndTheMarkerStays() {
        // version 2; marker and payload type 96, 97; number; time; SSRC; payload
        assertThat(after("80e0 0001 00000002 00000003 aabb")).isEqualTo(hex("80f8 0001 00000002 00000003 aabb"));
        assertThat(after("8061 0001 00000002 00000003 aabb")).isEqualTo(hex("8079 0001 00000002 00000003 aabb"));
    }

    @Test
    void idsOfExtensionsAreTheirsAndWhatTheyHoldStays() {
        // two words of one-byte extensions: 1 with one byte, 2 with two, three of padding; then the payload
        assertThat(after("90e0 0001 00000002 00000003 bede0002 1031 21abcd 000000 10f0"))
                .isEqualTo(hex("90f8 0001 00000002 00000003 bede0002 7031 e1abcd 000000 10f0"));
        // none at all
        assertThat(after("90e0 0001 00000002 00000003 bede0000 10f0"))
                .isEqualTo(hex("90f8 0001 00000002 00000003 bede0000 10f0"));
    }

    @Test
    void CAP_3_theyAreInTheLongerFormToo() {
        // three words of two-byte extensions: 1 with one byte, 2 with two, padding; then the payload
        assertThat(after("90e0 0001 00000002 00000003 10000003 010131 0202abcd 0000000000 10f0"))
                .isEqualTo(hex("90f8 0001 00000002 00000003 10000003 070131 0e02abcd 0000000000 10f0"));
    }
}
