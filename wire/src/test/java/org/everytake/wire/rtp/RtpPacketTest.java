package org.everytake.wire.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpPacketTest {
    private static final String WHOLE = """
            b1           # version 2, padding, extension, one CSRC
            e0           # marker, payload type 96
            fffe         # sequence number 65534
            fffffffe     # timestamp
            deadbeef     # SSRC
            00000001     # CSRC
            bede 0002    # one-byte extensions, two words
            10 ff        # id 1, one byte
            00           # padding between elements
            32 aabbcc    # id 3, three bytes
            00           # padding
            0102030405   # payload
            000003       # three bytes of padding
            """;

    @Test
    void everyFieldOfAWholePacket() throws Malformed {
        byte[] bytes = Hex.bytes("ffff" + WHOLE.replaceAll("#[^\n]*", "") + "ff");
        RtpPacket packet = new RtpPacket().wrap(bytes, 2, bytes.length - 3);

        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequenceNumber()).isEqualTo(65534);
        assertThat(packet.timestamp()).isEqualTo(0xFFFFFFFEL);
        assertThat(packet.ssrc()).isEqualTo(0xDEADBEEFL);
        assertThat(packet.paddingLength()).isEqualTo(3);
        assertThat(Hex.of(Arrays.copyOfRange(
                        bytes, packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength())))
                .isEqualTo("0102030405");
        assertThat(packet.extensionLength(1)).isEqualTo(1);
        assertThat(bytes[packet.extensionOffset(1)]).isEqualTo((byte) 0xFF);
        assertThat(packet.extensionLength(3)).isEqualTo(3);
        assertThat(bytes[packet.extensionOffset(3)]).isEqualTo((byte) 0xAA);
        assertThat(packet.extensionOffset(2)).isEqualTo(-1);
        assertThat(packet.extensionLength(2)).isEqualTo(-1);
        assertThat(packet.extensionOffset(0)).isEqualTo(-1);
    }

    @Test
    void twoByteExtensionsMayBeEmptyAndLong() throws Malformed {
        byte[] bytes = Hex.bytes(
                "90600001 00000001 00000002" // header with extension
                        + "100f 0003" // two-byte form, application bits are set, three words
                        + "0100" // id 1, empty
                        + "00" // padding
                        + "14 06 616263646566" // id 20, six bytes
                        + "00" // padding
                        + "99"); // payload
        RtpPacket packet = new RtpPacket().wrap(bytes, 0, bytes.length);
        assertThat(packet.extensionLength(1)).isZero();
        assertThat(packet.extensionLength(20)).isEqualTo(6);
        assertThat(new String(bytes, packet.extensionOffset(20), 6, StandardCharsets.US_ASCII))
                .isEqualTo("abcdef");
        assertThat(packet.payloadLength()).isEqualTo(1);
    }

    @Test
    void aPacketThatIsOnlyPaddingHasAnEmptyPayload() throws Malformed {
        byte[] bytes = Hex.bytes("a0600001 00000001 00000002 00000004");
        assertThat(new RtpPacket().wrap(bytes, 0, bytes.length).payloadLength()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "eleven bytes, 8060000100000001000000",
        "version 1, 406000010000000100000002",
        "CSRC over the end, 816000010000000100000002",
        "no room for the extension's head, 906000010000000100000002bede",
        "extension over the end, 906000010000000100000002bede0002aabbccdd",
        "padding of zero, a0600001000000010000000200",
        "padding longer than the payload, a0600001000000010000000202",
        "padding without a payload, a06000010000000100000002"
    })
    void malformedPacketsSayWhere(String name, String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> new RtpPacket().wrap(bytes, 0, bytes.length))
                .isInstanceOf(Malformed.class)
                .hasMessageStartingWith("RTP packet at ");
    }

    @Test
    void anElementOverTheEndAndAllAfterId15AreAbsent() throws Malformed {
        byte[] cut = Hex.bytes("906000010000000100000002 bede0001 10aa 2f00");
        RtpPacket packet = new RtpPacket().wrap(cut, 0, cut.length);
        assertThat(packet.extensionLength(1)).isEqualTo(1);
        assertThat(packet.extensionOffset(2)).isEqualTo(-1);
        byte[] stop = Hex.bytes("906000010000000100000002 bede0001 f010aa00");
        assertThat(packet.wrap(stop, 0, stop.length).extensionOffset(1)).isEqualTo(-1);
    }

    @Test
    void whatTheWriterWritesIsReadAgain() throws Malformed {
        List<HeaderExtension> extensions =
                List.of(HeaderExtension.text(4, "mid7"), new HeaderExtension(1, new byte[] {5}));
        byte[] payload = {1, 2, 3};
        byte[] out = new byte[100];
        int length = RtpWriter.write(
                out, 7, new RtpHeader(111, true, 0x1FFFF, 0x1_0000_0005L, 42), extensions, payload, 0, 3);
        RtpPacket packet = new RtpPacket().wrap(out, 7, length);
        assertThat(packet.payloadType()).isEqualTo(111);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.sequenceNumber()).isEqualTo(65535);
        assertThat(packet.timestamp()).isEqualTo(5);
        assertThat(packet.ssrc()).isEqualTo(42);
        assertThat(new String(out, packet.extensionOffset(4), packet.extensionLength(4), StandardCharsets.US_ASCII))
                .isEqualTo("mid7");
        assertThat(packet.extensionLength(1)).isEqualTo(1);
        assertThat(packet.payloadLength()).isEqualTo(3);

        RtpWriter.setSequenceNumber(out, 7, 9);
        RtpWriter.setTimestamp(out, 7, 10);
        RtpWriter.setSsrc(out, 7, 11);
        RtpWriter.setPayloadType(out, 7, 12);
        RtpWriter.setMarker(out, 7, false);
        assertThat(packet.sequenceNumber()).isEqualTo(9);
        assertThat(packet.timestamp()).isEqualTo(10);
        assertThat(packet.ssrc()).isEqualTo(11);
        assertThat(packet.payloadType()).isEqualTo(12);
        assertThat(packet.marker()).isFalse();
    }

    @Test
    void extensionsThatDoNotFitTheOneByteFormAreWrittenInTheOther() throws Malformed {
        List<HeaderExtension> extensions = List.of(
                new HeaderExtension(20, new byte[] {1}),
                new HeaderExtension(2, new byte[17]),
                new HeaderExtension(3, new byte[0]));
        byte[] out = new byte[100];
        int length = RtpWriter.write(out, 0, new RtpHeader(0, false, 0, 0, 0), extensions, new byte[0], 0, 0);
        RtpPacket packet = new RtpPacket().wrap(out, 0, length);
        assertThat(packet.extensionLength(20)).isEqualTo(1);
        assertThat(packet.extensionLength(2)).isEqualTo(17);
        assertThat(packet.extensionLength(3)).isZero();
    }

    @Test
    void readingAPacketAllocatesNothing() throws Malformed {
        byte[] bytes = Hex.bytes(WHOLE);
        RtpPacket packet = new RtpPacket();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = read(packet, bytes, 1000);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum += read(packet, bytes, 100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sum).isPositive();
        assertThat(allocated).as("bytes for 100,000 packets").isLessThan(100_000);
    }

    private static long read(RtpPacket packet, byte[] bytes, int times) throws Malformed {
        long sum = 0;
        for (int i = 0; i < times; i++) {
            packet.wrap(bytes, 0, bytes.length);
            sum += packet.ssrc() + packet.extensionOffset(3) + packet.payloadLength();
        }
        return sum;
    }
}
