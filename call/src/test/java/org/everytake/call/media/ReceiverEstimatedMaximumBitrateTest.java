package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.everytake.wire.rtcp.RtcpPackets;
import org.junit.jupiter.api.Test;

class ReceiverEstimatedMaximumBitrateTest {
    private static String hex(long bitsPerSecond) {
        return HexFormat.of()
                .formatHex(RtcpPackets.encode(
                        List.of(ReceiverEstimatedMaximumBitrate.of(0x01020304L, bitsPerSecond, List.of(0xFFFFFFFFL)))));
    }

    @Test
    void theRateIsMantissaAndExponent() {
        // 2,500,000 = 156,250 * 2^4
        assertThat(hex(2_500_000))
                .isEqualTo("8fce0005" + "01020304" + "00000000" + "52454d42" + "0112625a" + "ffffffff");
        assertThat(hex(1_000)).contains("52454d42" + "010003e8");
        assertThat(hex(262_143)).contains("52454d42" + "0103ffff");
        assertThat(hex(262_144)).contains("52454d42" + "01060000");
    }
}
