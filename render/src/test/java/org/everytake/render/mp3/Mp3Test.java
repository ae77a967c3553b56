package org.everytake.render.mp3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Mp3Test {
    /** 128 kbit/s, 48 kHz, one channel. */
    private static final int HEADER = 0xFFFB_94C4;

    private static byte[] frames(int... headers) {
        ByteBuffer frames = ByteBuffer.allocate(384 * headers.length);
        for (int i = 0; i < headers.length; i++) {
            frames.putInt(384 * i, headers[i]);
        }
        return frames.array();
    }

    private static Mp3Frames read(byte[] coded) throws IOException {
        return Mp3Reader.read(new ByteArrayInputStream(coded), new ByteArrayOutputStream());
    }

    @Test
    void framesGoOnAsTheyAreAndAreCounted() throws Exception {
        byte[] coded = frames(HEADER, HEADER, HEADER);
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        Mp3Frames frames = Mp3Reader.read(new ByteArrayInputStream(coded), piece);
        assertThat(piece.toByteArray()).isEqualTo(coded);
        assertThat(frames.count()).isEqualTo(3);
        assertThat(frames.bytes()).isEqualTo(3 * 384);
        assertThat(frames.kilobitsPerSecond()).isEqualTo(128);
        assertThat(frames.coveredSamples()).isEqualTo(3 * 1152 - 1105);
        assertThat(read(new byte[0]).count()).isZero();
    }

    @Test
    void whatIsNotSuchAFrameIsRefused() {
        assertThatThrownBy(() -> read(frames(0x4944_3304))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(frames(0xFFFB_90C4))).as("44.1 kHz").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(frames(0xFFFB_9444))).as("two channels").isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(frames(HEADER, 0xFFFB_A4C4)))
                .as("another rate")
                .isInstanceOf(IOException.class);
        byte[] cut = Arrays.copyOf(frames(HEADER, HEADER), 500);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(new byte[] {-1, -5})).isInstanceOf(IOException.class);
    }

    @Test
    void theChecksumIsThatOfTheCatalogue() {
        byte[] check = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(new Crc16().add(check, check.length).value()).isEqualTo(0xBB3D);
    }

    @Test
    void theInformationFrameRefusesALengthThatTheFramesDoNotHave() throws Exception {
        Mp3Frames three = read(frames(HEADER, HEADER, HEADER));
        assertThat(InfoFrame.of(three, 2000)).hasSize(384);
        assertThatThrownBy(() -> InfoFrame.of(three, 48_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTagHoldsAnyTextAndNoControlCharacters() {
        byte[] tag = new Id3Tag()
                .text("TIT2", "Zoë\u0000\n李")
                .text("TPE1", " \u0007 ")
                .bytes();
        byte[] text = "Zoë李".getBytes(StandardCharsets.UTF_8);
        assertThat(tag).hasSize(10 + 11 + text.length).endsWith(text);
        byte[] longer = new Id3Tag().text("TIT2", "x".repeat(200)).bytes();
        assertThat(Arrays.copyOfRange(longer, 6, 10)).isEqualTo(new byte[] {0, 0, 1, 211 - 128});
    }
}
