package org.everytake.call.media;

/**
 * The numbers of pictures in VP8's payload descriptor (RFC 7741, section 4.2), made to go on where a forwarder changes
 * from one layer to another: a decoder takes a jump for a loss. Owned by the loop.
 *
 * <pre>
 *      0 1 2 3 4 5 6 7
 *     +-+-+-+-+-+-+-+-+
 *     |X|R|N|S|R| PID |
 *  X: |I|L|T|K| RSV   |
 *  I: |M| PictureID   |  with M seven bits and the next byte
 *  L: |   TL0PICIDX   |
 *     +-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Vp8Numbers {
    private static final int EXTENDED = 0x80;
    private static final int HAS_PICTURE = 0x80;
    private static final int HAS_BASE_LAYER = 0x40;
    private static final int LONG = 0x80;

    /** What is added to the numbers of one layer. */
    record Shift(int picture, int baseLayer) {
        static final Shift NONE = new Shift(0, 0);
    }

    private int lastPicture = -1;
    private int lastBaseLayer = -1;

    /** So that the picture that begins in this payload follows the newest that was sent. */
    Shift next(byte[] buffer, int offset, int length) {
        int picture = picture(buffer, offset, length);
        int baseLayer = baseLayer(buffer, offset, length);
        return new Shift(
                lastPicture < 0 || picture < 0 ? 0 : lastPicture + 1 - picture,
                lastBaseLayer < 0 || baseLayer < 0 ? 0 : lastBaseLayer + 1 - baseLayer);
    }

    /** Changes a payload in place. {@code newest} says that no later packet has been sent. */
    void apply(Shift shift, byte[] buffer, int offset, int length, boolean newest) {
        int at = pictureOffset(buffer, offset, length);
        if (at >= 0 && (buffer[at] & LONG) != 0) {
            int picture = (picture(buffer, offset, length) + shift.picture()) & 0x7FFF;
            buffer[at] = (byte) (LONG | picture >>> 8);
            buffer[at + 1] = (byte) picture;
        } else if (at >= 0) {
            buffer[at] = (byte) ((buffer[at] + shift.picture()) & 0x7F);
        }
        int base = baseLayerOffset(buffer, offset, length);
        if (base >= 0) {
            buffer[base] = (byte) (buffer[base] + shift.baseLayer());
        }
        if (newest) {
            lastPicture = at < 0 ? lastPicture : picture(buffer, offset, length);
            lastBaseLayer = base < 0 ? lastBaseLayer : buffer[base] & 0xFF;
        }
    }

    private static int picture(byte[] b, int offset, int length) {
        int at = pictureOffset(b, offset, length);
        if (at < 0) {
            return -1;
        }
        return (b[at] & LONG) == 0 ? b[at] & 0x7F : (b[at] & 0x7F) << 8 | b[at + 1] & 0xFF;
    }

    private static int baseLayer(byte[] b, int offset, int length) {
        int at = baseLayerOffset(b, offset, length);
        return at < 0 ? -1 : b[at] & 0xFF;
    }

    /** -1 if there is none, or the payload is cut off. */
    private static int pictureOffset(byte[] b, int offset, int length) {
        if (length < 4 || (b[offset] & EXTENDED) == 0 || (b[offset + 1] & HAS_PICTURE) == 0) {
            return -1;
        }
        return offset + 2;
    }

    private static int baseLayerOffset(byte[] b, int offset, int length) {
        if (length < 5 || (b[offset] & EXTENDED) == 0 || (b[offset + 1] & HAS_BASE_LAYER) == 0) {
            return -1;
        }
        int picture = pictureOffset(b, offset, length);
        return picture < 0 ? offset + 2 : picture + ((b[picture] & LONG) == 0 ? 1 : 2);
    }
}
