package org.everytake.wire.vp8;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;

/**
 * The uncompressed head of a VP8 frame (RFC 6386, section 9.1). Little-endian, unlike everything else here.
 *
 * <pre>
 *  byte 0 to 2, as one number:  bit 0 inverse key frame, 1-3 version, 4 show frame, 5-23 size of the first partition
 *  in a key frame byte 3 to 5:  9D 01 2A
 *                   byte 6, 7:  bit 0-13 width, 14-15 horizontal scale
 *                   byte 8, 9:  bit 0-13 height, 14-15 vertical scale
 * </pre>
 *
 * @param version 0 to 3
 * @param firstPartitionLength in bytes
 * @param width in pixels, 0 in a frame that is no key frame
 * @param height in pixels, 0 in a frame that is no key frame
 */
public record Vp8FrameTag(
        boolean keyFrame, int version, boolean showFrame, int firstPartitionLength, int width, int height) {

    private static final String WHAT = "VP8 frame tag";

    /** Reads the head of a frame that begins at an offset. */
    public static Vp8FrameTag parse(byte[] buffer, int offset, int length) throws Malformed {
        if (length < 3) {
            throw new Malformed(WHAT, length, "cut off");
        }
        int tag = little(buffer, offset) | Bytes.u8(buffer, offset + 2) << 16;
        boolean keyFrame = (tag & 1) == 0;
        int width = 0;
        int height = 0;
        if (keyFrame) {
            if (length < 10) {
                throw new Malformed(WHAT, length, "key frame is cut off");
            }
            if (Bytes.u24(buffer, offset + 3) != 0x9D012A) {
                throw new Malformed(WHAT, 3, "no start code");
            }
            width = little(buffer, offset + 6) & 0x3FFF;
            height = little(buffer, offset + 8) & 0x3FFF;
            if (width == 0 || height == 0) {
                throw new Malformed(WHAT, 6, "no size");
            }
        }
        return new Vp8FrameTag(keyFrame, tag >>> 1 & 7, (tag >>> 4 & 1) != 0, tag >>> 5, width, height);
    }

    /** Whether bytes begin a key frame, as far as one byte tells. For the path of a packet: allocates nothing. */
    public static boolean looksLikeKeyFrame(byte[] buffer, int offset, int length) {
        return length > 0 && (buffer[offset] & 1) == 0;
    }

    private static int little(byte[] b, int at) {
        return Bytes.u8(b, at) | Bytes.u8(b, at + 1) << 8;
    }
}
