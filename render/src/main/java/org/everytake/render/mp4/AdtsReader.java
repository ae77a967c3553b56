package org.everytake.render.mp4;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Reads AAC frames out of ADTS (ISO/IEC 14496-3 section 1.A.2.2): the frames go on to a piece, back to back and
 * without their headers, and their sizes stay here. Used once, by one thread.
 *
 * <pre>
 *  0                   1                   2                   3
 * +-----------------------+-+---+-+---+-------+-+-----+-+-+-+-+---+
 * | sync 0xFFF            |I| L |P|Pro| rate  |p|chan | four  |len|
 * +-----------------------+-+---+-+---+-------+-+-----+-+-+-+-+---+
 * | length, 13 bits in all    | fullness, 11 bits   | blocks-1  |
 * </pre>
 *
 * P says that no checksum follows.
 */
public final class AdtsReader {
    private static final int HEADER = 7;

    private AdtsReader() {}

    /** Reads to the end of the stream. */
    public static AudioSamples read(InputStream adts, OutputStream frames) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(adts, 1 << 14));
        AudioSamples samples = new AudioSamples();
        byte[] header = new byte[HEADER];
        byte[] frame = new byte[1 << 13];
        while (true) {
            int got = in.readNBytes(header, 0, HEADER);
            if (got == 0) {
                return samples;
            }
            if (got < HEADER || (header[0] & 0xFF) != 0xFF || (header[1] & 0xF0) != 0xF0) {
                throw new IOException("Not an ADTS header");
            }
            int length = (header[3] & 0x3) << 11 | (header[4] & 0xFF) << 3 | (header[5] & 0xFF) >> 5;
            int extra = (header[1] & 0x1) != 0 ? 0 : 2;
            int size = length - HEADER - extra;
            if (size < 0 || in.skip(extra) != extra || in.readNBytes(frame, 0, size) != size) {
                throw new EOFException("An AAC frame is cut off");
            }
            frames.write(frame, 0, size);
            samples.add(size);
        }
    }
}
