package org.everytake.call.media;

import org.everytake.wire.Malformed;
import org.everytake.wire.vp8.Vp8DescriptorView;

/**
 * The numbers of pictures in VP8's payload descriptor (RFC 7741, section 4.2), made to go on where a forwarder changes
 * from one layer to another: a decoder takes a jump for a loss. Owned by the loop.
 */
final class Vp8Numbers {
    /** What is added to the numbers of one layer. */
    record Shift(int picture, int baseLayer) {
        static final Shift NONE = new Shift(0, 0);
    }

    private final Vp8DescriptorView view = new Vp8DescriptorView();
    private int lastPicture = -1;
    private int lastBaseLayer = -1;

    /** So that the picture that begins in this payload follows the newest that was sent. */
    Shift next(byte[] buffer, int offset, int length) {
        if (!wrap(buffer, offset, length)) {
            return Shift.NONE;
        }
        int picture = view.pictureId();
        int baseLayer = view.tl0PicIdx();
        return new Shift(
                lastPicture < 0 || picture < 0 ? 0 : lastPicture + 1 - picture,
                lastBaseLayer < 0 || baseLayer < 0 ? 0 : lastBaseLayer + 1 - baseLayer);
    }

    /** Changes a payload in place. {@code newest} says that no later packet has been sent. */
    void apply(Shift shift, byte[] buffer, int offset, int length, boolean newest) {
        if (!wrap(buffer, offset, length)) {
            return;
        }
        view.pictureId(view.pictureId() + shift.picture());
        view.tl0PicIdx(view.tl0PicIdx() + shift.baseLayer());
        if (newest) {
            lastPicture = view.pictureId();
            lastBaseLayer = view.tl0PicIdx();
        }
    }

    private boolean wrap(byte[] buffer, int offset, int length) {
        try {
            view.wrap(buffer, offset, length);
            return true;
        } catch (Malformed e) {
            return false;
        }
    }
}
