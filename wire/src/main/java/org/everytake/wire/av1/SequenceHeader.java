package org.everytake.wire.av1;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.BitReader;
import org.everytake.wire.video.FrameSize;

/** What an AV1 sequence header says of the picture (AV1 bitstream specification, section 5.5.1). */
final class SequenceHeader {
    private static final String WHAT = "AV1 sequence header";

    private SequenceHeader() {}

    /** The {@link FrameSize} that pictures have at most, from the first byte after the OBU's head; unknown if unreadable. */
    static int frameSize(byte[] buffer, int offset, int length) {
        try {
            return read(new BitReader(WHAT, buffer, offset, length));
        } catch (Malformed unusable) {
            return FrameSize.UNKNOWN; // as good as not said
        }
    }

    private static int read(BitReader in) throws Malformed {
        in.skip(3 + 1); // seq_profile, still_picture
        if (in.flag()) { // reduced_still_picture_header
            in.skip(5); // seq_level_idx
        } else {
            operatingPoints(in);
        }
        int widthBits = in.i(4) + 1;
        int heightBits = in.i(4) + 1;
        return FrameSize.of(in.i(widthBits) + 1, in.i(heightBits) + 1);
    }

    private static void operatingPoints(BitReader in) throws Malformed {
        int delayBits = 0;
        if (in.flag()) { // timing_info_present_flag
            in.skip(32);
            in.skip(32); // num_units_in_display_tick, time_scale
            if (in.flag()) { // equal_picture_interval
                in.ue();
            }
            if (in.flag()) { // decoder_model_info_present_flag
                delayBits = in.i(5) + 1;
                in.skip(32); // num_units_in_decoding_tick
                in.skip(5 + 5); // buffer_removal_time_length, frame_presentation_time_length
            }
        }
        boolean displayDelays = in.flag();
        int points = in.i(5) + 1;
        for (int i = 0; i < points; i++) {
            in.skip(12); // operating_point_idc
            if (in.u(5) > 7) { // seq_level_idx
                in.skip(1); // seq_tier
            }
            if (delayBits > 0 && in.flag()) { // decoder_model_present_for_this_op
                in.skip(delayBits);
                in.skip(delayBits);
                in.skip(1); // low_delay_mode_flag
            }
            if (displayDelays && in.flag()) {
                in.skip(4); // initial_display_delay
            }
        }
    }
}
