package org.everytake.render.mp3;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Reads the frames of an encoder (ISO/IEC 11172-3 section 2.4.1.3) and passes them on to a piece as they are. Only what
 * we ask an encoder for is taken: MPEG-1 layer III, 48 kHz, one channel, one bit rate throughout.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------+---+---+-+-------+---+-+-+---+---+-+-+---+
 * | sync 0x7FF          |ver|lay|P| rate  |48k|+|p|mode|ext|c|o|emp|
 * +---------------------+---+---+-+-------+---+-+-+---+---+-+-+---+
 * </pre>
 */
public final class Mp3Reader {
    /** Sync, version, layer, sampling rate and mode: where a header must agree with {@link #WANTED}. */
    private static final int MASK = 0xFFFE_0CC0;

    /** MPEG-1 (3), layer III (1), 48 kHz (1), one channel (3). */
    private static final int WANTED = 0xFFFA_04C0;

    private static final int HEADER = 4;
    private static final int[] KILOBITS = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};

    private Mp3Reader() {}

    /** Reads to the end of the stream. */
    public static Mp3Frames read(InputStream coded, OutputStream piece) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(coded, 1 << 14));
        Crc16 checksum = new Crc16();
        byte[] frame = new byte[frameBytes(320) + 1];
        int first = 0;
        int rate = 0;
        long count = 0;
        long bytes = 0;
        while (true) {
            int got = in.readNBytes(frame, 0, HEADER);
            if (got == 0) {
                return new Mp3Frames(first, rate, count, bytes, checksum.value());
            }
            int header = header(frame);
            if (got < HEADER || (header & MASK) != WANTED) {
                throw new IOException("Not the header of an MP3 frame at 48 kHz");
            }
            if (count == 0) {
                first = header;
                rate = KILOBITS[header >>> 12 & 0xF];
            }
            if (rate == 0 || KILOBITS[header >>> 12 & 0xF] != rate) {
                throw new IOException("The MP3 frames are not of one bit rate");
            }
            int size = frameBytes(rate) + (header >>> 9 & 1);
            if (in.readNBytes(frame, HEADER, size - HEADER) != size - HEADER) {
                throw new EOFException("An MP3 frame is cut off");
            }
            piece.write(frame, 0, size);
            checksum.add(frame, size);
            count++;
            bytes += size;
        }
    }

    /** How long a frame is at 48 kHz, without a byte of padding. */
    static int frameBytes(int kilobitsPerSecond) {
        return Mp3Frames.FRAME_SAMPLES * kilobitsPerSecond / 8 / 48;
    }

    private static int header(byte[] frame) {
        return (frame[0] & 0xFF) << 24 | (frame[1] & 0xFF) << 16 | (frame[2] & 0xFF) << 8 | frame[3] & 0xFF;
    }
}
