package org.everytake.render.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes coded pictures as IVF, the least that FFmpeg reads with times, whatever the codec. Little-endian, times in microseconds. One thread.
 *
 * <pre>
 *  0 "DKIF" | 4 version, header length (16 bits each) | 8 codec | 12 width, height (16 bits each)
 * 16 units a second | 20 seconds | 24 frames | 28 unused
 * then for each frame:  0 length (32 bits) | 4 time (64 bits) | 12 the frame
 * </pre>
 */
final class IvfWriter {
    private static final int UNITS_PER_SECOND = 1_000_000;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);

    /** @param codec four letters, as FFmpeg knows codecs in such files */
    IvfWriter(OutputStream out, String codec, int width, int height) throws IOException {
        this.out = out;
        ByteBuffer start = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        start.put("DKIF".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 0)
                .putShort((short) 32);
        start.put(codec.getBytes(StandardCharsets.US_ASCII))
                .putShort((short) width)
                .putShort((short) height);
        start.putInt(UNITS_PER_SECOND).putInt(1).putInt(0).putInt(0);
        out.write(start.array());
    }

    void write(long micros, byte[] frame) throws IOException {
        header.clear().putInt(frame.length).putLong(micros);
        out.write(header.array());
        out.write(frame);
    }
}
