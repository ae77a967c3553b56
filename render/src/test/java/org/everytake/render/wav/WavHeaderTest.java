package org.everytake.render.wav;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WavHeaderTest {
    private static ByteBuffer header(long samples) {
        return ByteBuffer.wrap(WavHeader.of(1, 48_000, samples)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer header, int at) {
        return new String(header.array(), at, 4, StandardCharsets.US_ASCII);
    }

    @Test
    void sizesAreOfWhatFollows() {
        ByteBuffer header = header(1000);
        assertThat(header.capacity()).isEqualTo(44);
        assertThat(text(header, 0)).isEqualTo("RIFF");
        assertThat(header.getInt(4)).isEqualTo(2036);
        assertThat(header.getInt(28)).as("bytes a second").isEqualTo(96_000);
        assertThat(text(header, 36)).isEqualTo("data");
        assertThat(header.getInt(40)).isEqualTo(2000);
    }

    @Test
    void thirteenHoursHaveSizesOf64Bits() {
        long samples = 13L * 3600 * 48_000;
        ByteBuffer header = header(samples);
        assertThat(text(header, 0)).isEqualTo("RF64");
        assertThat(header.getInt(4)).isEqualTo(-1);
        assertThat(text(header, 12)).isEqualTo("ds64");
        assertThat(header.getLong(20)).isEqualTo(samples * 2 + header.capacity() - 8);
        assertThat(header.getLong(28)).isEqualTo(samples * 2);
        assertThat(header.getLong(36)).isEqualTo(samples);
        assertThat(header.getInt(header.capacity() - 4)).isEqualTo(-1);
    }
}
