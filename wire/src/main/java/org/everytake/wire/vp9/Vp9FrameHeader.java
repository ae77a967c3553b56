package org.everytake.wire.vp9;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.BitReader;
import org.everytake.wire.video.FrameSize;

/**
 * The uncompressed head of a VP9 frame as far as a key frame needs it (VP9 bitstream specification, section 6.2): marker,
 * profile, whether it shows an old frame, its type; then the sync code, how colour is coded, and the size.
 */
final class Vp9FrameHeader {
    private static final String WHAT = "VP9 frame header";
    private static final int SYNC_CODE = 0x498342;
    private static final int SRGB = 7;

    private Vp9FrameHeader() {}

    /** The size of a key frame; {@link FrameSize#UNKNOWN} in every other. */
    static int keyFrameSize(byte[] buffer, int offset, int length) throws Malformed {
        BitReader in = new BitReader(WHAT, buffer, offset, length);
        if (in.u(2) != 2) {
            throw new Malformed(WHAT, 0, "no frame marker");
        }
        int profile = in.i(1) | in.i(1) << 1;
        if (profile == 3) {
            in.skip(1);
        }
        if (in.u(2) != 0) { // show_existing_frame, frame_type
            return FrameSize.UNKNOWN;
        }
        in.skip(2); // show_frame, error_resilient_mode
        if (in.u(24) != SYNC_CODE) {
            throw new Malformed(WHAT, 1, "no sync code");
        }
        if (profile >= 2) {
            in.skip(1); // ten_or_twelve_bit
        }
        if (in.u(3) != SRGB) {
            in.skip(1); // color_range
            in.skip(profile == 1 || profile == 3 ? 3 : 0); // subsampling
        } else {
            in.skip(profile == 1 || profile == 3 ? 1 : 0);
        }
        return FrameSize.of(in.i(16) + 1, in.i(16) + 1);
    }
}
