package org.everytake.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.everytake.wire.rtcp.FullIntraRequest;
import org.everytake.wire.rtcp.Goodbye;
import org.everytake.wire.rtcp.PictureLossIndication;
import org.everytake.wire.rtcp.ReceiverEstimatedMaximumBitrate;
import org.everytake.wire.rtcp.ReceiverReport;
import org.everytake.wire.rtcp.ReportBlock;
import org.everytake.wire.rtcp.RtcpPackets;
import org.everytake.wire.rtcp.SenderReport;
import org.everytake.wire.rtcp.SourceDescription;
import org.everytake.wire.rtcp.TransportFeedback;
import org.everytake.wire.rtcp.TransportLayerNack;
import org.everytake.wire.stun.StunAttribute;
import org.everytake.wire.stun.StunMessage;
import org.everytake.wire.stun.TransactionId;

/** Valid inputs of each parser, from which the fuzzing starts. */
final class Seeds {
    private static final int LOST = TransportFeedback.NOT_RECEIVED;
    private static final int[] DELTAS = {
        1, 2, LOST, 3, 1000, LOST, -5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, LOST
    };

    private Seeds() {}

    static List<byte[]> rtp() {
        return List.of(
                Hex.bytes("b1e0fffefffffffedeadbeef00000001bede000210ff0032aabbcc000102030405000003"),
                Hex.bytes("90600001000000010000000210000003010000140661626364656600" + "99"),
                Hex.bytes("80600001000000010000000210203040"));
    }

    static List<byte[]> rtcp() {
        ReportBlock block = new ReportBlock(1, 2, 3, 4, 5, 6, 7);
        return List.of(
                RtcpPackets.encode(List.of(
                        new SenderReport(1, 2, 3, 4, 5, List.of(block, block)), SourceDescription.cname(1, "anna"))),
                RtcpPackets.encode(List.of(
                        new ReceiverReport(1, List.of(block)),
                        new TransportLayerNack(1, 2, List.of(65535, 0, 1, 500)),
                        new PictureLossIndication(1, 2),
                        new FullIntraRequest(1, 2, List.of(new FullIntraRequest.Entry(3, 4))),
                        new Goodbye(List.of(1L), "bye"))),
                RtcpPackets.encode(List.of(
                        TransportFeedback.of(1, 2, 65530, -1, 255, DELTAS, DELTAS.length),
                        new ReceiverEstimatedMaximumBitrate(1, 1_000_000, List.of(2L, 3L)))));
    }

    /** Packets of a retransmission stream: with extensions, with padding, with neither. */
    static List<byte[]> retransmission() {
        return List.of(
                Hex.bytes("90e1fffefffffffedeadbeef bede0001 10ff0000 0007 0102030405"),
                Hex.bytes("b0e1fffefffffffedeadbeef bede0001 10ff0000 0007 0102030405 000003"),
                Hex.bytes("80610001000000010000000200091020"));
    }

    static List<byte[]> redundantAudio() {
        return List.of(
                Hex.bytes("ef 0f0003 6f aabbcc fc01"),
                Hex.bytes("ef 1e0001 ef 0f0002 6f aa bbcc dd"),
                Hex.bytes("6f fc"));
    }

    /** Without FINGERPRINT, which hardly any change would survive. */
    static List<byte[]> stun() {
        StunMessage request = StunMessage.bindingRequest(
                TransactionId.of(1, 2),
                new StunAttribute.Username("abcd:efgh"),
                new StunAttribute.Priority(1),
                new StunAttribute.IceControlling(3),
                new StunAttribute.UseCandidate());
        return List.of(
                bare(request),
                bare(request.success(new InetSocketAddress("192.0.2.1", 5000))),
                bare(request.success(new InetSocketAddress("2001:db8::1", 5000))),
                bare(request.error(487, "Role Conflict")));
    }

    private static byte[] bare(StunMessage message) {
        byte[] encoded = message.encode(new byte[] {1});
        byte[] bare = Arrays.copyOf(encoded, encoded.length - 8);
        bare[3] -= 8;
        return bare;
    }

    static List<byte[]> sdp() {
        try (InputStream in = Seeds.class.getResourceAsStream("sdp/chromium-offer.sdp")) {
            return List.of(Objects.requireNonNull(in).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> sdpFragment() {
        String trickled = "a=ice-options:trickle ice2\r\na=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
                + "a=mid:0\r\na=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n"
                + "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw\r\n"
                + "a=end-of-candidates\r\n";
        return List.of(trickled.getBytes(StandardCharsets.UTF_8));
    }

    static List<byte[]> vp8() {
        return List.of(Hex.bytes("b0f0800105419046029d012a8002e001aaaa"), Hex.bytes("10b10000bbbb"));
    }

    static List<byte[]> vp9() {
        return List.of(
                Hex.bytes("ed 9234 53 07 aa"),
                Hex.bytes("f4 05 04 03 05 06 aa"),
                Hex.bytes("0a 38 0140 00b4 0280 0168 02 00 28 01 02 82 498342 0 027f 0167 0"));
    }

    static List<byte[]> h264Parameters() {
        return List.of(
                Hex.bytes("67 42000a f841a2"), Hex.bytes("67 640028 acd940780227e5c044000003000400000300f03c60c658"));
    }

    static List<byte[]> dependencyDescriptor() {
        return List.of(
                Hex.bytes("c3 fffe"),
                Hex.bytes("82 0001 80 20 98 c3c3 c451 4480 9120 0000 9f80"),
                // The same with active targets and indications of its own behind the structure.
                Hex.bytes("82 0001 e0 20 98 c3c3 c451 4480 9120 0000 9f80 ff ff"));
    }

    /** Packets as {@link ParserDemands#videoStream} reads them: of VP8, VP9 with two layers, H.264 and AV1. */
    static List<byte[]> videoStream() {
        return List.of(
                Hex.bytes("0010 10 9046029d012a8002e001aaaaaaaaaa 0803 00aabb"
                        + "0c06 10b10000bbbb 0c06 9080 11b10000 0c06 908012b10000 0100 0c06 908014b10000"),
                Hex.bytes("000f ac 05 00 82 498342 0 027f 0167 0 aabb 0806 ac 05 03 82 aaaa"
                        + "0406 f4 06 00 02 86aa 0806 fc 06 03 02 86aa"),
                Hex.bytes(
                        "000e 78 0007 6742000af841a2 0002 68ce 0004 6588aabb 0004 7c854801 0803 7c4502 0c04 419accdd"),
                Hex.bytes("000f 68 09 0800000024c4ff6780 3010aa 0803 90aabb 0c04 10 3030aa 0c06 00 02 3030 01 78"));
    }

    static List<byte[]> opus() {
        return List.of(Hex.bytes("fc00"), Hex.bytes("8330"), Hex.bytes("1900aa"));
    }
}
