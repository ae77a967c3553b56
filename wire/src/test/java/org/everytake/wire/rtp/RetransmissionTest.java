package org.everytake.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetransmissionTest {
    private static final String SENT_AGAIN = """
            b0           # version 2, padding, extension
            e1           # marker, payload type 97
            0007         # sequence number of the retransmission stream
            fffffffe     # timestamp
            0000000b     # SSRC of the retransmission stream
            bede 0001    # extensions
            10 ff 0000   # id 1
            ffff         # original sequence number 65535
            0102030405   # payload
            000003       # padding
            """;
    private static final String ORIGINAL = """
            b0 e0 ffff fffffffe 0000000a bede 0001 10 ff 0000 0102030405 000003
            """;

    @Test
    void theLostPacketIsMadeInPlace() throws Malformed {
        byte[] buffer = Hex.bytes("aaaa" + SENT_AGAIN.replaceAll("#[^\n]*", "") + "aa");
        RtpPacket packet = new RtpPacket().wrap(buffer, 2, buffer.length - 3);
        assertThat(Retransmission.originalSequenceNumber(packet)).isEqualTo(65535);
        Retransmission.unwrap(packet, 96, 10);
        assertThat(packet.offset()).isEqualTo(4);
        assertThat(packet.sequenceNumber()).isEqualTo(65535);
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.ssrc()).isEqualTo(10);
        assertThat(packet.extensionOffset(1)).isPositive();
        assertThat(Hex.of(buffer).substring(8, 8 + 2 * packet.length())).isEqualTo(Hex.of(Hex.bytes(ORIGINAL)));
        assertThat(buffer[buffer.length - 1]).isEqualTo((byte) 0xAA);
    }

    @Test
    void aPacketIsSentAgain() throws Malformed {
        byte[] original = Hex.bytes("bb" + ORIGINAL);
        RtpPacket packet = new RtpPacket().wrap(original, 1, original.length - 1);
        byte[] out = new byte[original.length + 10];
        int length = Retransmission.write(out, 3, packet, 97, 65536 + 7, 11);
        assertThat(Hex.of(out).substring(6, 6 + 2 * length)).isEqualTo(Hex.of(Hex.bytes(SENT_AGAIN)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, 80610007000000010000000b, true",
        "only padding, a0610007000000010000000b000003, true",
        "one byte, 80610007000000010000000b01, false",
        "one byte and padding, a0610007000000010000000b0101, false"
    })
    void whatNamesNoPacketIsRefusedOrAProbe(String name, String hex, boolean probe) throws Malformed {
        byte[] buffer = Hex.bytes(hex);
        byte[] before = buffer.clone();
        RtpPacket packet = new RtpPacket().wrap(buffer, 0, buffer.length);
        assertThat(Retransmission.isProbe(packet)).isEqualTo(probe);
        assertThatThrownBy(() -> Retransmission.unwrap(packet, 96, 10)).isInstanceOf(Malformed.class);
        assertThat(buffer).isEqualTo(before);
        assertThat(packet.ssrc()).isEqualTo(11);
    }

    @Test
    void anEmptyPacketCanBeSentAgain() throws Malformed {
        byte[] buffer = Hex.bytes("80610007000000010000000b 0001");
        RtpPacket packet = new RtpPacket().wrap(buffer, 0, buffer.length);
        Retransmission.unwrap(packet, 96, 10);
        assertThat(packet.payloadLength()).isZero();
        assertThat(packet.sequenceNumber()).isEqualTo(1);
    }
}
