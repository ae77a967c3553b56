package org.everytake.wire.vp8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Vp8PayloadDescriptorTest {
    static List<Arguments> cases() {
        return List.of(
                // S, partition 0
                Arguments.of("10", new Vp8PayloadDescriptor(false, true, 0, -1, false, -1, -1, false, -1)),
                // N, partition 7, in the middle of it
                Arguments.of("27", new Vp8PayloadDescriptor(true, false, 7, -1, false, -1, -1, false, -1)),
                // X S | I | seven bits
                Arguments.of("90 80 7f", new Vp8PayloadDescriptor(false, true, 0, 127, false, -1, -1, false, -1)),
                // X S | I | fifteen bits
                Arguments.of("90 80 ffff", new Vp8PayloadDescriptor(false, true, 0, 32767, true, -1, -1, false, -1)),
                // X S | L | TL0PICIDX
                Arguments.of("90 40 ff", new Vp8PayloadDescriptor(false, true, 0, -1, false, 255, -1, false, -1)),
                // X S | T | TID 2, Y
                Arguments.of("90 20 a0", new Vp8PayloadDescriptor(false, true, 0, -1, false, -1, 2, true, -1)),
                // X S | K | KEYIDX 31
                Arguments.of("90 10 1f", new Vp8PayloadDescriptor(false, true, 0, -1, false, -1, -1, false, 31)),
                // all, as Chromium sends it with temporal layers
                Arguments.of("b0 f0 8001 05 41", new Vp8PayloadDescriptor(true, true, 0, 1, true, 5, 1, false, 1)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAndWritten(String hex, Vp8PayloadDescriptor descriptor) throws Malformed {
        byte[] bytes = Hex.bytes(hex);
        assertThat(Vp8PayloadDescriptor.parse(bytes, 0, bytes.length)).isEqualTo(descriptor);
        assertThat(descriptor.length()).isEqualTo(bytes.length);
        byte[] written = new byte[bytes.length];
        assertThat(descriptor.write(written, 0)).isEqualTo(bytes.length);
        assertThat(written).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "9080", "908080", "9040", "9020", "90c001"})
    void cutOffDescriptorsAreRefused(String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> Vp8PayloadDescriptor.parse(bytes, 0, bytes.length))
                .isInstanceOf(Malformed.class);
    }
}
