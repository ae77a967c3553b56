package org.everytake.wire.vp9;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;
import org.everytake.wire.video.FrameSize;

/**
 * A view of what stands before the VP9 data in an RTP payload (RFC 9628, section 4.2), in somebody else's buffer: one
 * object is pointed at payload after payload, and what a forwarder must change it changes in place, in the width that it
 * has. Owned by one thread; valid until the buffer is written again or the view is pointed elsewhere.
 *
 * <pre>
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     |I|P|L|F|B|E|V|Z|  B: a layer's frame begins here, E: it ends here
 *     +-+-+-+-+-+-+-+-+
 *  I: |M| PICTURE ID  |  with M seven bits and the next byte
 *     +-+-+-+-+-+-+-+-+
 *  L: | TID |U| SID |D|
 *     +-+-+-+-+-+-+-+-+
 *     |   TL0PICIDX   |  there if L and not F
 *     +-+-+-+-+-+-+-+-+
 *  PF:| P_DIFF      |N|  there if P and F, again while N, at most three
 *     +-+-+-+-+-+-+-+-+
 *  V: | N_S |Y|G|-----|  scalability structure
 *     +-+-+-+-+-+-+-+-+
 *  Y: | WIDTH, HEIGHT |  16 bits each, N_S + 1 times
 *     +-+-+-+-+-+-+-+-+
 *  G: |      N_G      |
 *     +-+-+-+-+-+-+-+-+
 *     | TID |U| R |---|  N_G times, each followed by R times P_DIFF (8 bits)
 *     +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Vp9PayloadDescriptor {
    /** How many spatial layers the three bits of SID can tell apart. */
    public static final int MOST_LAYERS = 8;

    private static final String WHAT = "VP9 payload descriptor";
    private static final int MOST_REFERENCES = 3;
    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int flags;
    private int length;
    private int pictureIdAt = -1;
    private boolean longPictureId;
    private int layersAt = -1;
    private int tl0PicIdxAt = -1;
    private int sizesAt = -1;
    private int sizes;

    /**
     * Points this view at a payload and checks every length of its descriptor.
     *
     * @return this
     */
    public Vp9PayloadDescriptor wrap(byte[] buffer, int offset, int length) throws Malformed {
        need(1, length);
        this.buffer = buffer;
        flags = Bytes.u8(buffer, offset);
        pictureIdAt = -1;
        longPictureId = false;
        layersAt = -1;
        tl0PicIdxAt = -1;
        sizesAt = -1;
        sizes = 0;
        int at = 1;
        if ((flags & 0x80) != 0) {
            need(at + 1, length);
            pictureIdAt = offset + at;
            longPictureId = (buffer[pictureIdAt] & 0x80) != 0;
            at += longPictureId ? 2 : 1;
        }
        if (isLayered()) {
            layersAt = offset + at++;
            tl0PicIdxAt = isFlexible() ? -1 : offset + at++;
        }
        need(at, length);
        if (isInterPredicted() && isFlexible()) {
            boolean more = true;
            for (int i = 0; i < MOST_REFERENCES && more; i++) {
                need(at + 1, length);
                more = (buffer[offset + at++] & 1) != 0;
            }
            if (more) {
                throw new Malformed(WHAT, at, "more than three references");
            }
        }
        if (hasStructure()) {
            at = structure(offset, at, length);
        }
        this.length = at;
        return this;
    }

    private int structure(int offset, int start, int length) throws Malformed {
        int at = start;
        need(at + 1, length);
        int head = Bytes.u8(buffer, offset + at++);
        if ((head & 0x10) != 0) {
            sizes = (head >>> 5) + 1;
            sizesAt = offset + at;
            at += 4 * sizes;
        }
        if ((head & 0x08) != 0) {
            need(at + 1, length);
            for (int pictures = Bytes.u8(buffer, offset + at++); pictures > 0; pictures--) {
                need(at + 1, length);
                at += 1 + (Bytes.u8(buffer, offset + at) >>> 2 & 3);
            }
        }
        need(at, length);
        return at;
    }

    /** Whether a payload starts a key frame. For the path of a packet: allocates nothing. */
    public static boolean startsKeyFrame(byte[] buffer, int offset, int length) {
        if (length < 2 || (buffer[offset] & 0x48) != 0x08) {
            return false;
        }
        if ((buffer[offset] & 0x20) == 0) {
            return true;
        }
        int at = 1;
        if ((buffer[offset] & 0x80) != 0) {
            at += (buffer[offset + 1] & 0x80) != 0 ? 2 : 1;
        }
        return at < length && (buffer[offset + at] & 0x0E) == 0;
    }

    /** The {@link FrameSize} of the highest layer that a payload says, in its structure or as the head of a key frame. */
    public static int frameSize(byte[] buffer, int offset, int length) {
        if (length < 1 || (buffer[offset] & 0x02) == 0 && !startsKeyFrame(buffer, offset, length)) {
            return FrameSize.UNKNOWN;
        }
        try {
            Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor().wrap(buffer, offset, length);
            int said = descriptor.layerSize(descriptor.layerSizes() - 1);
            if (said != FrameSize.UNKNOWN || !startsKeyFrame(buffer, offset, length)) {
                return said;
            }
            return Vp9FrameHeader.keyFrameSize(buffer, offset + descriptor.length, length - descriptor.length);
        } catch (Malformed unusable) {
            return FrameSize.UNKNOWN; // as good as not said
        }
    }

    /** Length of the descriptor in bytes; VP9 data follows. */
    public int length() {
        return length;
    }

    /** P: refers to earlier pictures. */
    public boolean isInterPredicted() {
        return (flags & 0x40) != 0;
    }

    /** L: says its layers. */
    public boolean isLayered() {
        return (flags & 0x20) != 0;
    }

    /** F: flexible mode. */
    public boolean isFlexible() {
        return (flags & 0x10) != 0;
    }

    /** B: a layer's frame begins here. */
    public boolean beginsLayer() {
        return (flags & 0x08) != 0;
    }

    /** E: a layer's frame ends here. */
    public boolean endsLayer() {
        return (flags & 0x04) != 0;
    }

    /** V: has a scalability structure. */
    public boolean hasStructure() {
        return (flags & 0x02) != 0;
    }

    /** Z: no picture's higher spatial layer refers to this frame. */
    public boolean isUnusedByHigherLayers() {
        return (flags & 0x01) != 0;
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

    /** TID, 0 to 7; -1 if absent. */
    public int temporalLayer() {
        return layersAt < 0 ? -1 : Bytes.u8(buffer, layersAt) >>> 5;
    }

    /** U: one may go up to this temporal layer here. */
    public boolean isSwitchingPoint() {
        return layersAt >= 0 && (buffer[layersAt] & 0x10) != 0;
    }

    /** SID, 0 to 7; -1 if absent. */
    public int spatialLayer() {
        return layersAt < 0 ? -1 : buffer[layersAt] >>> 1 & 7;
    }

    /** D: refers to the spatial layer below of the same picture. */
    public boolean isInterLayerPredicted() {
        return layersAt >= 0 && (buffer[layersAt] & 0x01) != 0;
    }

    /** 0 to 255, -1 if absent. */
    public int tl0PicIdx() {
        return tl0PicIdxAt < 0 ? -1 : Bytes.u8(buffer, tl0PicIdxAt);
    }

    /** How many spatial layers' sizes the structure says, 0 if none. */
    public int layerSizes() {
        return sizes;
    }

    /** The {@link FrameSize} of a spatial layer, unknown if it isn't said. */
    public int layerSize(int spatialLayer) {
        if (spatialLayer < 0 || spatialLayer >= sizes) {
            return FrameSize.UNKNOWN;
        }
        int at = sizesAt + 4 * spatialLayer;
        return FrameSize.of(Bytes.u16(buffer, at), Bytes.u16(buffer, at + 2));
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

    private static void need(int needed, int length) throws Malformed {
        if (length < needed) {
            throw new Malformed(WHAT, length, "cut off");
        }
    }
}
