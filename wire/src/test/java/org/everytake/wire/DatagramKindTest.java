package org.everytake.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramKindTest {
    @ParameterizedTest
    @CsvSource({
        "0001, STUN",
        "0300, STUN",
        "0400, UNKNOWN",
        "1400, DTLS",
        "16fe, DTLS",
        "3f00, DTLS",
        "4000, UNKNOWN",
        "8060, RTP",
        "90e0, RTP",
        "80c0, RTCP",
        "80c8, RTCP",
        "81df, RTCP",
        "bf6f, RTP",
        "c000, UNKNOWN",
        "80, UNKNOWN"
    })
    void isToldByTheFirstTwoBytes(String bytes, DatagramKind kind) {
        byte[] datagram = Hex.bytes(bytes);
        assertThat(DatagramKind.of(datagram, 0, datagram.length)).isEqualTo(kind);
    }
}
