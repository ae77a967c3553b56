package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.junit.jupiter.api.Test;

class OutgoingHeaderTest {
    private static final int DESCRIPTOR = 11;

    private final byte[] out = new byte[500];

    private static byte[] descriptor(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    /** What is sent of a packet with a descriptor so long, and an orientation; with one byte of payload. */
    private RtpPacket sent(OutgoingHeader header, int length) throws Malformed {
        byte[] in = new byte[500];
        int size = RtpWriter.write(
                in,
                0,
                new RtpHeader(45, false, 1, 2, 3),
                List.of(new HeaderExtension(13, new byte[] {5}), new HeaderExtension(DESCRIPTOR, descriptor(length))),
                new byte[1],
                0,
                1);
        Arrays.fill(out, (byte) 0x77);
        header.write(out, new RtpPacket().wrap(in, 0, size), 13, DESCRIPTOR);
        if (header.counts()) {
            header.setTransportSequence(out, 0x1234);
        }
        RtpPacket packet = new RtpPacket().wrap(out, 0, header.length() + 1);
        assertThat(packet.payloadLength()).isEqualTo(1);
        assertThat(packet.ssrc()).isEqualTo(9);
        return packet;
    }

    private static byte[] extension(RtpPacket packet, int id) {
        int at = packet.extensionOffset(id);
        return at < 0 ? new byte[0] : Arrays.copyOfRange(packet.buffer(), at, at + packet.extensionLength(id));
    }

    @Test
    void CAP_3_theDescriptorStandsBehindTheOthersInTheFormThatItNeeds() throws Malformed {
        var header = new OutgoingHeader(9, "mid", Set.of(1, 2, 4, 5));
        for (int length : new int[] {3, 16, 17, 100, 255}) {
            RtpPacket packet = sent(header, length);
            assertThat(extension(packet, 1)).isEqualTo(new byte[] {'m', 'i', 'd'});
            assertThat(extension(packet, 2)).isEqualTo(new byte[] {0x12, 0x34});
            assertThat(extension(packet, 4)).isEqualTo(new byte[] {5});
            assertThat(extension(packet, 5)).as("of %s bytes", length).isEqualTo(descriptor(length));
            assertThat(out[12]).isEqualTo((byte) (length <= 16 ? 0xBE : 0x10));
        }
    }

    @Test
    void whoDoesNotTakeItDoesNotGetIt() throws Malformed {
        assertThat(extension(sent(new OutgoingHeader(9, "mid", Set.of(1, 2)), 20), 5))
                .isEmpty();
        assertThat(sent(new OutgoingHeader(9, "mid", Set.of()), 20).payloadOffset())
                .isEqualTo(12);
    }

    @Test
    void itStandsAloneWhereNothingElseIsTaken() throws Malformed {
        var header = new OutgoingHeader(9, "mid", Set.of(5));
        assertThat(extension(sent(header, 3), 5)).isEqualTo(descriptor(3));
        assertThat(extension(sent(header, 40), 5)).isEqualTo(descriptor(40));
        header.write(out);
        assertThat(header.length()).isEqualTo(12);
        assertThat(out[0]).isEqualTo((byte) 0x80);
    }
}
