package org.everytake.render.mp3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The first frame of an MP3: silent for a decoder that does not know it, and for every other one the number of frames,
 * a table of where they lie, and which samples at the start and the end are the coding's and not the recording's
 * (the Xing header with LAME's extension). So a file of n samples plays exactly n.
 *
 * <pre>
 *   0  header of a frame, 4 bytes          137  quality: 0, 4 bytes
 *   4  side information: 0, 17 bytes       141  encoder, 9 characters
 *  21  "Info": one bit rate throughout     150  method: 1, constant bit rate
 *  25  what follows: 15, all four          161  kilobits a second
 *  29  frames but this, 4 bytes            162  delay 12 bits, padding 12 bits
 *  33  bytes with this, 4 bytes            169  bytes with this, 4 bytes
 *  37  places of each hundredth, 100       173  checksum of the frames
 *                                          175  checksum of all before
 * </pre>
 */
final class InfoFrame {
    /** A header whose checksum bit says that there is none. */
    private static final int WITHOUT_CHECKSUM = 0x0001_0000;

    private static final int PADDED = 0x0000_0200;
    private static final int INFO = 21;
    private static final int PLACES = 37;
    private static final int ENCODER = 141;
    private static final int METHOD = 150;
    private static final int RATE = 161;
    private static final int LENGTH = 169;
    private static final int FRAMES_CHECKSUM = 173;
    private static final int CHECKSUM = 175;
    private static final int MOST_PADDING = 0xFFF;

    private InfoFrame() {}

    /** @param samples how many are to be heard */
    static byte[] of(Mp3Frames frames, long samples) {
        long padding = frames.count() * Mp3Frames.FRAME_SAMPLES - Mp3Frames.ENCODER_DELAY - samples;
        if (padding < 0 || padding > MOST_PADDING) {
            throw new IllegalArgumentException(frames.count() + " frames do not fit " + samples + " samples");
        }
        ByteBuffer frame = ByteBuffer.allocate(Mp3Reader.frameBytes(frames.kilobitsPerSecond()));
        int allBytes = (int) Math.min(0xFFFF_FFFFL, frames.bytes() + frame.capacity());
        frame.putInt(0, (frames.header() | WITHOUT_CHECKSUM) & ~PADDED);
        frame.position(INFO).put(ascii("Info")).putInt(15);
        frame.putInt((int) frames.count()).putInt(allBytes);
        for (int hundredth = 0; hundredth < 100; hundredth++) {
            frame.put(PLACES + hundredth, (byte) (256 * hundredth / 100));
        }
        frame.position(ENCODER).put(ascii("LAME3.100")); // readers go by its first four letters
        frame.put(METHOD, (byte) 1);
        frame.put(RATE, (byte) Math.min(255, frames.kilobitsPerSecond()));
        frame.putInt(RATE + 1, (Mp3Frames.ENCODER_DELAY << 12 | (int) padding) << 8);
        frame.putInt(LENGTH, allBytes);
        frame.putShort(FRAMES_CHECKSUM, (short) frames.checksum());
        int checksum = new Crc16().add(frame.array(), CHECKSUM).value();
        frame.putShort(CHECKSUM, (short) checksum);
        return frame.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
