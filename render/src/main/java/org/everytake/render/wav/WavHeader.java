package org.everytake.render.wav;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What a WAV has before its samples: "Multimedia Programming Interface and Data Specifications 1.0", and above 4 GB RF64
 * (EBU Tech 3306), whose sizes have 64 bits. Little-endian.
 *
 * <pre>
 *   0 "RIFF" | 4 size of what follows | 8 "WAVE"
 *  12 "fmt " | 16 size: 16 | 20 format: 1, plain samples | 22 channels | 24 samples a second
 *            | 28 bytes a second | 32 bytes of all channels | 34 bits of a sample
 *  36 "data" | 40 size | the samples
 * </pre>
 *
 * In RF64 a chunk stands before the format, and the sizes of 32 bits are all ones.
 *
 * <pre>
 *  "ds64" | size: 28 | size of what follows (64 bits) | size of the data (64) | samples (64) | entries: 0 (32)
 * </pre>
 */
public final class WavHeader {
    private static final int BYTES = 44;
    private static final int DS64_BYTES = 36;
    private static final int PLAIN = 1;
    private static final int SAMPLE_BYTES = 2;
    private static final long MOST = 0xFFFF_FFFFL;

    private WavHeader() {}

    /** Of so many samples of 16 bits in each channel. */
    public static byte[] of(int channels, int samplesPerSecond, long samples) {
        int block = channels * SAMPLE_BYTES;
        long data = samples * block;
        boolean wide = data + BYTES > MOST;
        ByteBuffer out = ByteBuffer.allocate(wide ? BYTES + DS64_BYTES : BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long size = data + out.capacity() - 8;
        out.put(ascii(wide ? "RF64" : "RIFF"))
                .putInt((int) (wide ? MOST : size))
                .put(ascii("WAVE"));
        if (wide) {
            out.put(ascii("ds64"))
                    .putInt(DS64_BYTES - 8)
                    .putLong(size)
                    .putLong(data)
                    .putLong(samples)
                    .putInt(0);
        }
        out.put(ascii("fmt ")).putInt(16).putShort((short) PLAIN).putShort((short) channels);
        out.putInt(samplesPerSecond).putInt(samplesPerSecond * block);
        out.putShort((short) block).putShort((short) (8 * SAMPLE_BYTES));
        out.put(ascii("data")).putInt((int) (wide ? MOST : data));
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
