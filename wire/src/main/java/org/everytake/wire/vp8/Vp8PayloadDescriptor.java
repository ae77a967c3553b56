package org.everytake.wire.vp8;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;
import org.everytake.wire.video.FrameSize;

/**
 * What stands before the VP8 data in an RTP payload (RFC 7741, section 4.2).
 *
 * <pre>
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     |X|R|N|S|R| PID |  S: a partition starts here; N: no other frame refers to this one
 *     +-+-+-+-+-+-+-+-+
 *  X: |I|L|T|K| RSV   |
 *     +-+-+-+-+-+-+-+-+
 *  I: |M| PictureID   |  with M seven bits and the next byte
 *     +-+-+-+-+-+-+-+-+
 *  L: |   TL0PICIDX   |
 *     +-+-+-+-+-+-+-+-+
 *  TK:|TID|Y| KEYIDX  |  there if T or K
 *     +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param startOfPartition S
 * @param partition PID, 0 to 7
 * @param pictureId 0 to 32767 or, in the short form, 0 to 127; -1 if absent
 * @param longPictureId whether the 15-bit form is used
 * @param tl0PicIdx 0 to 255, -1 if absent
 * @param temporalLayer TID, -1 if absent
 * @param layerSync Y
 * @param keyIndex KEYIDX, -1 if absent
 */
public record Vp8PayloadDescriptor(
        boolean nonReference,
        boolean startOfPartition,
        int partition,
        int pictureId,
        boolean longPictureId,
        int tl0PicIdx,
        int temporalLayer,
        boolean layerSync,
        int keyIndex) {

    /** A descriptor with a 15-bit picture id and no layers. */
    public static Vp8PayloadDescriptor of(boolean startOfFrame, int pictureId) {
        return new Vp8PayloadDescriptor(false, startOfFrame, 0, pictureId & 0x7FFF, true, -1, -1, false, -1);
    }

    /** Reads the descriptor; VP8 data follows after {@link #length()} bytes. */
    public static Vp8PayloadDescriptor parse(byte[] buffer, int offset, int length) throws Malformed {
        Vp8DescriptorView view = new Vp8DescriptorView().wrap(buffer, offset, length);
        int first = Bytes.u8(buffer, offset);
        return new Vp8PayloadDescriptor(
                view.nonReference(),
                (first & 0x10) != 0,
                first & 0x07,
                view.pictureId(),
                view.longPictureId(),
                view.tl0PicIdx(),
                view.temporalLayer(),
                view.layerSync(),
                view.keyIndex());
    }

    /** Whether a payload starts a key frame. For the path of a packet: allocates nothing. */
    public static boolean startsKeyFrame(byte[] buffer, int offset, int length) {
        int head = lengthOfStart(buffer, offset, length);
        return head > 0 && Vp8FrameTag.looksLikeKeyFrame(buffer, offset + head, length - head);
    }

    /** The {@link FrameSize} that a payload says, if it starts a key frame. */
    public static int frameSize(byte[] buffer, int offset, int length) {
        int head = lengthOfStart(buffer, offset, length);
        if (head <= 0 || !Vp8FrameTag.looksLikeKeyFrame(buffer, offset + head, length - head)) {
            return FrameSize.UNKNOWN;
        }
        try {
            Vp8FrameTag tag = Vp8FrameTag.parse(buffer, offset + head, length - head);
            return FrameSize.of(tag.width(), tag.height());
        } catch (Malformed unusable) {
            return FrameSize.UNKNOWN; // as good as not said
        }
    }

    /** Length of the descriptor of a payload that starts a frame, perhaps more than there is; -1 if it starts none. */
    private static int lengthOfStart(byte[] b, int offset, int length) {
        if (length < 1 || (b[offset] & 0x17) != 0x10) {
            return -1;
        }
        if ((b[offset] & 0x80) == 0) {
            return 1;
        }
        int fields = length < 2 ? 0 : b[offset + 1];
        int head = 2;
        if ((fields & 0x80) != 0) {
            head += length > 2 && (b[offset + 2] & 0x80) != 0 ? 2 : 1;
        }
        head += (fields & 0x40) != 0 ? 1 : 0;
        head += (fields & 0x30) != 0 ? 1 : 0;
        return head;
    }

    /** Whether a frame begins with this packet. */
    public boolean startOfFrame() {
        return startOfPartition && partition == 0;
    }

    /** Length on the wire in bytes, 1 to 6. */
    public int length() {
        if (!extended()) {
            return 1;
        }
        int picture = pictureId < 0 ? 0 : longPictureId ? 2 : 1;
        return 2 + picture + (tl0PicIdx < 0 ? 0 : 1) + (temporalLayer < 0 && keyIndex < 0 ? 0 : 1);
    }

    /**
     * Writes the descriptor.
     *
     * @return its length
     */
    public int write(byte[] out, int offset) {
        boolean extended = extended();
        int at = offset;
        Bytes.put8(out, at++, bit(extended, 7) | bit(nonReference, 5) | bit(startOfPartition, 4) | partition & 7);
        if (!extended) {
            return 1;
        }
        boolean layers = temporalLayer >= 0;
        boolean key = keyIndex >= 0;
        Bytes.put8(out, at++, bit(pictureId >= 0, 7) | bit(tl0PicIdx >= 0, 6) | bit(layers, 5) | bit(key, 4));
        if (pictureId >= 0 && longPictureId) {
            Bytes.put16(out, at, 0x8000 | pictureId);
            at += 2;
        } else if (pictureId >= 0) {
            Bytes.put8(out, at++, pictureId & 0x7F);
        }
        if (tl0PicIdx >= 0) {
            Bytes.put8(out, at++, tl0PicIdx);
        }
        if (layers || key) {
            Bytes.put8(out, at++, (layers ? temporalLayer << 6 | bit(layerSync, 5) : 0) | (key ? keyIndex : 0));
        }
        return at - offset;
    }

    private boolean extended() {
        return pictureId >= 0 || tl0PicIdx >= 0 || temporalLayer >= 0 || keyIndex >= 0;
    }

    private static int bit(boolean set, int position) {
        return set ? 1 << position : 0;
    }
}
