package org.everytake.call.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.everytake.call.sdp.SupportedCodec;
import org.everytake.wire.Malformed;
import org.everytake.wire.rtp.RtpHeader;
import org.everytake.wire.rtp.RtpPacket;
import org.everytake.wire.rtp.RtpWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFramesTest {
    private static boolean startsKeyFrame(int... payload) throws Malformed {
        byte[] bytes = new byte[100];
        byte[] body = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            body[i] = (byte) payload[i];
        }
        int length = RtpWriter.write(bytes, 0, new RtpHeader(96, false, 1, 1, 1), List.of(), body, 0, body.length);
        return new KeyFrames().begins(SupportedCodec.VP8, new RtpPacket().wrap(bytes, 0, length));
    }

    @ParameterizedTest
    @CsvSource({
        "10, 00, true", // S, no extension, P = 0
        "10, 01, false", // an interframe
        "00, 00, false", // not the start of a partition
        "11, 00, false", // the second partition
    })
    void plainDescriptors(String descriptor, String header, boolean key) throws Malformed {
        assertThat(startsKeyFrame(Integer.parseInt(descriptor, 16), Integer.parseInt(header, 16)))
                .isEqualTo(key);
    }

    @Test
    void extendedDescriptors() throws Malformed {
        assertThat(startsKeyFrame(0x90, 0x80, 0x85, 0x01, 0x00))
                .as("PictureID of 15 bits")
                .isTrue();
        assertThat(startsKeyFrame(0x90, 0x80, 0x05, 0x01))
                .as("PictureID of 7 bits")
                .isFalse();
        assertThat(startsKeyFrame(0x90, 0xE0, 0x85, 0x01, 0x02, 0x03, 0x00))
                .as("all fields")
                .isTrue();
    }

    @Test
    void whatIsCutOffIsNone() throws Malformed {
        assertThat(startsKeyFrame()).isFalse();
        assertThat(startsKeyFrame(0x10)).isFalse();
        assertThat(startsKeyFrame(0x90)).isFalse();
        assertThat(startsKeyFrame(0x90, 0x80)).isFalse();
        assertThat(startsKeyFrame(0x90, 0xF0, 0x85)).isFalse();
    }
}
