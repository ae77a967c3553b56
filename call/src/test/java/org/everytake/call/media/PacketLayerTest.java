package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.codec.VideoCodec;
import org.everytake.wire.rtp.HeaderExtension;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.everytake.wire.video.FrameSize;
import org.junit.jupiter.api.Test;

class PacketLayerTest {
    private static final int DESCRIPTOR = 12;

    /**
     * S, E, template 0, frame 1; a structure: offset 0, four targets, templates S0T0, S0T1, S1T0, S1T1 (idc 1, 2, 1, 3);
     * indications SSRR, -S-R, --SS, ---S; no difference but 2, 1, 2; no chains; 320x180 and 640x360.
     */
    private static final String STRUCTURE = bits("1 1 000000 0000000000000001 1 0000 000000 00011 01 10 01 11"
            + "10 10 11 11  00 10 00 11  00 00 10 10  00 00 00 10"
            + "0 1 0001 0 1 0000 0 1 0001 0"
            + "00"
            + "1 0000000100111111 0000000010110011 0000001001111111 0000000101100111");

    private final PacketLayer layer = new PacketLayer();

    private static String bits(String text) {
        StringBuilder bits = new StringBuilder(text.replace(" ", ""));
        bits.append("0".repeat((8 - bits.length() % 8) % 8));
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 8) {
            hex.append(HexFormat.of().toHexDigits((byte) Integer.parseInt(bits.substring(i, i + 8), 2)));
        }
        return hex.toString();
    }

    private void read(VideoCodec codec, long timestamp, String descriptor, String payload) throws Malformed {
        byte[] body = HexFormat.of().parseHex(payload);
        byte[] bytes = new byte[300];
        int length = RtpWriter.write(
                bytes,
                0,
                new RtpHeader(45, false, 1, timestamp, 5),
                descriptor.isEmpty()
                        ? List.of()
                        : List.of(new HeaderExtension(DESCRIPTOR, HexFormat.of().parseHex(descriptor))),
                body,
                0,
                body.length);
        layer.read(codec, new RtpPacket().wrap(bytes, 0, length), DESCRIPTOR);
    }

    @Test
    void CAP_3_av1SaysItsLayersInTheDescriptor() throws Malformed {
        read(VideoCodec.AV1, 3_000, STRUCTURE, "10aa");
        assertThat(layer.isLayered()).isTrue();
        assertThat(layer.beginsAnew()).isTrue();
        assertThat(layer.endsFrame()).isTrue();
        assertThat(layer.isSwitchingPoint()).isTrue();
        assertThat(layer.size(0)).isEqualTo(FrameSize.of(320, 180));
        assertThat(layer.size(1)).isEqualTo(FrameSize.of(640, 360));

        read(VideoCodec.AV1, 3_000, "820002", "10aa");
        assertThat(layer.spatial()).isEqualTo(1);
        assertThat(layer.refersBack()).as("it is of the key picture").isFalse();
        assertThat(layer.endsFrame()).as("more of it follows").isFalse();

        read(VideoCodec.AV1, 6_000, "c10003", "10aa");
        assertThat(layer.spatial()).isZero();
        assertThat(layer.temporal()).isEqualTo(1);
        assertThat(layer.refersBack()).isTrue();
        assertThat(layer.isSwitchingPoint()).isFalse();
    }

    @Test
    void whatSaysNothingBelongsToTheLowestLayer() throws Malformed {
        read(VideoCodec.AV1, 3_000, "c10003", "10aa");
        assertThat(layer.isLayered()).as("its structure never came").isFalse();
        assertThat(layer.spatial()).isZero();
        assertThat(layer.beginsAnew()).isFalse();
        read(VideoCodec.AV1, 3_000, "", "10aa");
        assertThat(layer.isLayered()).isFalse();
        read(VideoCodec.VP9, 3_000, STRUCTURE, "");
        assertThat(layer.isLayered()).as("padding").isFalse();
        read(VideoCodec.VP8, 3_000, STRUCTURE, "10aa");
        assertThat(layer.isLayered()).isFalse();
    }
}
