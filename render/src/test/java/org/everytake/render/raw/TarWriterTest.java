package org.everytake.render.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TarWriterTest {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TarWriter tar = new TarWriter(out, Instant.ofEpochSecond(1_793_613_600));

    private String field(int at, int length) {
        return new String(out.toByteArray(), at, length, StandardCharsets.US_ASCII);
    }

    @Test
    void aFileOfMoreThanEightGigabytesSaysItsSizeBeforeIt() {
        Measured large = new Measured(12_345_678_901L, 0);
        assertThatThrownBy(() -> tar.file("a/b/large.mjr", large, into -> {
                    throw new IOException("enough");
                }))
                .hasMessage("enough");
        assertThat(out.size()).isEqualTo(3 * BLOCK);
        assertThat(field(156, 1)).isEqualTo("x");
        assertThat(field(124, 12)).isEqualTo("00000000024\0");
        assertThat(field(BLOCK, 21)).isEqualTo("20 size=12345678901\n\0");
        assertThat(field(2 * BLOCK, 10)).isEqualTo("large.mjr\0");
        assertThat(field(2 * BLOCK + 156, 1)).isEqualTo("0");
        assertThat(field(2 * BLOCK + 345, 4)).isEqualTo("a/b\0");
    }

    @Test
    void whatIsNotWhatWasMeasuredIsRefused() {
        Measured two = new Measured(2, 0);
        assertThatThrownBy(() -> tar.file("a", two, into -> into.write(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("a is not what it was when it was measured");
        assertThatThrownBy(() -> tar.file("b", two, into -> into.write(new byte[] {1, 2})))
                .isInstanceOf(IOException.class);
    }
}
