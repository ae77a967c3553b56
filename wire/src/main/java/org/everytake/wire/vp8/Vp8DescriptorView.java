package org.everytake.wire.vp8;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;

/**
 * A view of a {@link Vp8PayloadDescriptor} in somebody else's buffer, for the path of a packet: one object is pointed at
 * payload after payload, and what a forwarder must change it changes in place, in the width that it has. Owned by one
 * thread; valid until the buffer is written again or the view is pointed elsewhere.
 */
public final class Vp8DescriptorView {
    private static final String WHAT = "VP8 payload descriptor";
    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int first;
    private int length;
    private int pictureIdAt = -1;
    private boolean longPictureId;
    private int tl0PicIdxAt = -1;
    private int temporalAt = -1;
    private int keyIndexAt = -1;

    /**
     * Points this view at a payload and checks every length of its descriptor.
     *
     * @return this
     */
    public Vp8DescriptorView wrap(byte[] buffer, int offset, int length) throws Malformed {
        pictureIdAt = -1;
        longPictureId = false;
        tl0PicIdxAt = -1;
        temporalAt = -1;
        keyIndexAt = -1;
        need(1, length);
        this.buffer = buffer;
        this.first = Bytes.u8(buffer, offset);
        int at = 1;
        if ((first & 0x80) != 0) {
            need(2, length);
            int fields = Bytes.u8(buffer, offset + at++);
            if ((fields & 0x80) != 0) {
                need(at + 1, length);
                pictureIdAt = offset + at;
                longPictureId = (buffer[pictureIdAt] & 0x80) != 0;
                at += longPictureId ? 2 : 1;
            }
            if ((fields & 0x40) != 0) {
                tl0PicIdxAt = offset + at++;
            }
            if ((fields & 0x30) != 0) {
                temporalAt = (fields & 0x20) != 0 ? offset + at : -1;
                keyIndexAt = (fields & 0x10) != 0 ? offset + at : -1;
                at++;
            }
            need(at, length);
        }
        this.length = at;
        return this;
    }

    /** Length of the descriptor in bytes, 1 to 6; VP8 data follows. */
    public int length() {
        return length;
    }

    /** Whether a frame begins with this packet: S, and the first partition. */
    public boolean startOfFrame() {
        return (first & 0x17) == 0x10;
    }

    /** N: no other frame refers to this one. */
    public boolean nonReference() {
        return (first & 0x20) != 0;
    }

    /** 0 to 32767 or, in the short form, 0 to 127; -1 if absent. */
    public int pictureId() {
        if (pictureIdAt < 0) {
            return -1;
        }
        return longPictureId ? Bytes.u16(buffer, pictureIdAt) & 0x7FFF : buffer[pictureIdAt];
    }

    /** Whether the 15-bit form is used. */
    public boolean longPictureId() {
        return longPictureId;
    }

    /** 0 to 255, -1 if absent. */
    public int tl0PicIdx() {
        return tl0PicIdxAt < 0 ? -1 : Bytes.u8(buffer, tl0PicIdxAt);
    }

    /** TID, 0 to 3; -1 if absent. */
    public int temporalLayer() {
        return temporalAt < 0 ? -1 : Bytes.u8(buffer, temporalAt) >>> 6;
    }

    /** Y: one may go up to this temporal layer here. */
    public boolean layerSync() {
        return temporalAt >= 0 && (buffer[temporalAt] & 0x20) != 0;
    }

    /** KEYIDX, 0 to 31; -1 if absent. */
    public int keyIndex() {
        return keyIndexAt < 0 ? -1 : buffer[keyIndexAt] & 0x1F;
    }

    /** Overwrites the picture id with the low bits of another; nothing if there is none. */
    public void pictureId(int id) {
        if (pictureIdAt >= 0 && longPictureId) {
            Bytes.put16(buffer, pictureIdAt, 0x8000 | id & 0x7FFF);
        } else if (pictureIdAt >= 0) {
            Bytes.put8(buffer, pictureIdAt, id & 0x7F);
        }
    }

    /** Overwrites TL0PICIDX with the low bits of another; nothing if there is none. */
    public void tl0PicIdx(int index) {
        if (tl0PicIdxAt >= 0) {
            Bytes.put8(buffer, tl0PicIdxAt, index);
        }
    }

    /** Overwrites KEYIDX with the low bits of another; nothing if there is none. */
    public void keyIndex(int index) {
        if (keyIndexAt >= 0) {
            Bytes.put8(buffer, keyIndexAt, buffer[keyIndexAt] & 0xE0 | index & 0x1F);
        }
    }

    private static void need(int needed, int length) throws Malformed {
        if (length < needed) {
            throw new Malformed(WHAT, length, "cut off");
        }
    }
}
