package org.everytake.wire.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RtcpPacketsTest {
    static List<Arguments> cases() {
        ReportBlock block = new ReportBlock(0x0A0B0C0DL, 0x40, -2, 0x00010005L, 7, 0x11223344L, 65536);
        return List.of(
                Arguments.of(
                        "sender report with a block whose loss is negative",
                        """
                        81 c8 000c          # one block, 13 words
                        01020304            # SSRC
                        e1234567 80000000   # NTP time, half past
                        fffffff0            # RTP timestamp
                        00000064 00002710   # 100 packets, 10,000 octets
                        0a0b0c0d            # about this SSRC
                        40 fffffe           # a quarter lost since, -2 in all
                        00010005            # one cycle, sequence number 5
                        00000007            # jitter
                        11223344            # last SR
                        00010000            # one second since
                        """,
                        new SenderReport(0x01020304L, 0xE123456780000000L, 0xFFFFFFF0L, 100, 10_000, List.of(block))),
                Arguments.of("empty receiver report", "80 c9 0001 00000001", new ReceiverReport(1, List.of())),
                Arguments.of("source description whose item ends on a word", """
                        81 ca 0003   # one chunk
                        00000009     # SSRC
                        01 02 6162   # CNAME "ab"
                        00 000000    # end and padding
                        """, SourceDescription.cname(9, "ab")),
                Arguments.of(
                        "source description that needs one zero only",
                        "81 ca 0002 00000009 01 01 61 00",
                        SourceDescription.cname(9, "a")),
                Arguments.of(
                        "goodbye with a reason",
                        "82 cb 0004 00000001 00000002 05 6c6561 76 65 0000",
                        new Goodbye(List.of(1L, 2L), "leave")),
                Arguments.of("goodbye of nobody", "80 cb 0000", new Goodbye(List.of(), "")),
                Arguments.of(
                        "NACK over the wrap, two entries",
                        """
                        81 cd 0004   # RTPFB, generic NACK
                        00000001 00000002
                        ffff 8001    # 65535, 0 and 15
                        0064 0000    # 100
                        """,
                        new TransportLayerNack(1, 2, List.of(65535, 0, 15, 100))),
                Arguments.of(
                        "picture loss indication", "81 ce 0002 00000001 00000002", new PictureLossIndication(1, 2)),
                Arguments.of(
                        "full intra request",
                        "84 ce 0004 00000001 00000000 00000002 ff000000",
                        new FullIntraRequest(1, 0, List.of(new FullIntraRequest.Entry(2, 255)))),
                Arguments.of(
                        "transport feedback of one packet, with all chunks and deltas in TransportFeedbackTest",
                        """
                        8f cd 0005
                        00000001 00000002
                        ffff 0001      # from 65535, one packet
                        fffffe 07      # reference time -2, feedback 7
                        2001           # a run of one with a small delta
                        04 00          # 1 ms, padding
                        """,
                        TransportFeedback.of(1, 2, 65535, -2, 7, new int[] {4}, 1)),
                Arguments.of(
                        "REMB with an exponent: 156,250 * 2^4 bit/s",
                        "8f ce 0005 01020304 00000000 52454d42 01 12625a ffffffff",
                        new ReceiverEstimatedMaximumBitrate(0x01020304L, 2_500_000, List.of(0xFFFFFFFFL))),
                Arguments.of(
                        "REMB with the largest mantissa, for two streams",
                        "8f ce 0006 00000001 00000000 52454d42 02 03ffff 00000005 00000006",
                        new ReceiverEstimatedMaximumBitrate(1, 262_143, List.of(5L, 6L))),
                Arguments.of(
                        "application feedback that is not REMB",
                        "8f ce 0003 00000001 00000000 52454d43",
                        new UnknownRtcp(206, 15, Hex.bytes("00000001 00000000 52454d43"))),
                Arguments.of(
                        "transport feedback of an unknown format",
                        "83 cd 0002 00000001 00000002",
                        new UnknownRtcp(205, 3, Hex.bytes("00000001 00000002"))),
                Arguments.of("unknown type", "80 d0 0000", new UnknownRtcp(208, 0, new byte[0])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isReadAndWritten(String name, String hex, RtcpPacket packet) throws Malformed {
        byte[] bytes = Hex.bytes(hex);
        assertThat(RtcpPackets.parse(bytes, 0, bytes.length)).containsExactly(packet);
        assertThat(RtcpPackets.encode(List.of(packet))).isEqualTo(bytes);
    }

    @Test
    void compoundPacketsKeepTheirOrderAndLosePadding() throws Malformed {
        byte[] bytes = Hex.bytes("00"
                + "80 c9 0001 00000001" // receiver report
                + "81 ca 0002 00000001 01 01 61 00" // source description
                + "a1 ce 0003 00000001 00000002 00000004"); // PLI with four bytes of padding
        List<RtcpPacket> expected = List.of(
                new ReceiverReport(1, List.of()), SourceDescription.cname(1, "a"), new PictureLossIndication(1, 2));
        assertThat(RtcpPackets.parse(bytes, 1, bytes.length - 1)).isEqualTo(expected);
        byte[] encoded = RtcpPackets.encode(expected);
        assertThat(RtcpPackets.parse(encoded, 0, encoded.length)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "three bytes, 80c900",
        "version 1, 40c9000100000001",
        "length over the end, 80c9000200000001",
        "report block cut off, 81c9000100000001",
        "sender report cut off, 80c8000100000001",
        "item over the end, 81ca00020000000101ff6100",
        "description without an end, 81ca000200000001010261 61",
        "goodbye without its SSRC, 81cb0000",
        "reason over the end, 80cb000105616263",
        "NACK without SSRCs, 81cd000100000001",
        "FIR entry cut off, 84ce0003000000010000000000000001",
        "transport feedback cut off in its head, 8fcd0003000000010000000200010001",
        "transport feedback of no packets, 8fcd00050000000100000002000100000000000020010000",
        "transport feedback of 8193 packets, 8fcd00050000000100000002000120010000000000000000",
        "transport feedback without its chunk, 8fcd000400000001000000020001000100000000",
        "transport feedback without its deltas, 8fcd00050000000100000002000100030000000020030000",
        "transport feedback with a reserved status, 8fcd00050000000100000002000100010000000060010000",
        "transport feedback with runs of nothing, 8fcd00050000000100000002000100010000000000000000",
        "REMB without its rate, 8fce0003000000010000000052454d42",
        "REMB with too few SSRCs, 8fce0005000000010000000052454d420200000100000001",
        "REMB beyond all measure, 8fce0004000000010000000052454d4200b80001",
        "padding of less than a word, a0c900020000000100000002",
        "padding of zero, a0c900020000000100000000",
        "padding in the middle, a0c90002000000010000000480c9000100000001",
        "garbage after the last, 80c9000100000001ff"
    })
    void malformedPacketsAreRefused(String name, String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> RtcpPackets.parse(bytes, 0, bytes.length)).isInstanceOf(Malformed.class);
    }

    @Test
    void reportsQuoteTheMiddleOfTheNtpTime() {
        assertThat(new SenderReport(1, 0xAABBCCDDEEFF0011L, 0, 0, 0, List.of()).compactNtpTime())
                .isEqualTo(0xCCDDEEFFL);
    }

    @Test
    void lossBeyond24BitsIsClamped() throws Malformed {
        ReportBlock block = new ReportBlock(1, 0, 1 << 30, 0, 0, 0, 0);
        byte[] encoded = RtcpPackets.encode(List.of(new ReceiverReport(1, List.of(block))));
        ReceiverReport parsed =
                (ReceiverReport) RtcpPackets.parse(encoded, 0, encoded.length).getFirst();
        assertThat(parsed.reports().getFirst().cumulativeLost()).isEqualTo(0x7FFFFF);
    }

    @Test
    void theCanonicalNameIsFound() {
        assertThat(SourceDescription.cname(1, "anna").chunks().getFirst().cname())
                .isEqualTo("anna");
        assertThat(new SourceDescription.Chunk(1, List.of()).cname()).isNull();
    }
}
