package org.everytake.wire.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.everytake.wire.Hex;
import org.everytake.wire.Malformed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusPacketTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "SILK 10 ms mono,                   0000,   0, 1, 1, 480, SILK",
        "SILK 60 ms stereo,                 1c00,   3, 2, 1, 2880, SILK",
        "SILK 60 ms twice: 120 ms,          1900aa, 3, 1, 2, 2880, SILK",
        "hybrid 20 ms,                      6800,  13, 1, 1, 960, HYBRID",
        "CELT 2.5 ms,                       8000,  16, 1, 1, 120, CELT",
        "CELT 20 ms stereo as browsers do,  fc00,  31, 2, 1, 960, CELT",
        "CELT 2.5 ms 48 times,              8330,  16, 1, 48, 120, CELT",
        "only the TOC: a lost or silent one, f8,   31, 1, 1, 960, CELT"
    })
    void theHeadIsRead(String name, String hex, int config, int channels, int frames, int samples, OpusPacket.Mode mode)
            throws Malformed {
        byte[] bytes = Hex.bytes(hex);
        OpusPacket packet = OpusPacket.parse(bytes, 0, bytes.length);
        assertThat(packet).isEqualTo(new OpusPacket(config, channels, frames, samples));
        assertThat(packet.mode()).isEqualTo(mode);
        assertThat(packet.durationSamples()).isEqualTo(frames * samples);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "03", "0300", "1f03", "8331", "0100"})
    void malformedHeadsAreRefused(String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> OpusPacket.parse(bytes, 0, bytes.length)).isInstanceOf(Malformed.class);
    }
}
