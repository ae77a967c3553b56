package org.everytake.wire.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp8FrameTagTest {
    @Test
    void aKeyFrameSaysItsSize() throws Malformed {
        // tag: key frame, version 0, shown, first partition of 0x1234 bytes: 0x1234 << 5 | 0x10, little-endian
        byte[] frame = Hex.bytes("90 46 02  9d012a  80 42  e0 c1");
        assertThat(Vp8FrameTag.parse(frame, 0, frame.length))
                .isEqualTo(new Vp8FrameTag(true, 0, true, 0x1234, 640, 480));
        assertThat(Vp8FrameTag.looksLikeKeyFrame(frame, 0, frame.length)).isTrue();
    }

    @Test
    void anyOtherFrameSaysNone() throws Malformed {
        byte[] frame = Hex.bytes("b1 00 00");
        assertThat(Vp8FrameTag.parse(frame, 0, 3)).isEqualTo(new Vp8FrameTag(false, 0, true, 5, 0, 0));
        assertThat(Vp8FrameTag.looksLikeKeyFrame(frame, 0, 3)).isFalse();
        assertThat(Vp8FrameTag.looksLikeKeyFrame(frame, 0, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9046", "9046029d012a", "9046029d012b8042e0c1", "9046029d012a0040e0c1"})
    void malformedTagsAreRefused(String hex) {
        byte[] frame = Hex.bytes(hex);
        assertThatThrownBy(() -> Vp8FrameTag.parse(frame, 0, frame.length)).isInstanceOf(Malformed.class);
    }
}
