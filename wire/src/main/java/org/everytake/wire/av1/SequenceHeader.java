package org.everytake.wire.av1;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.BitReader;
import org.everytake.wire.video.FrameSize;

/** What an AV1 sequence header says of the picture (AV1 bitstream specification, section 5.5.1), read front to back. */
final class SequenceHeader {
    private static final String WHAT = "AV1 sequence header";

    final int profile;
    final boolean reduced;

    /** {@link FrameSize} that pictures have at most. */
    final int size;

    private final BitReader in;
    private int level;
    private int tier;

    private SequenceHeader(BitReader in) throws Malformed {
        this.in = in;
        profile = in.i(3);
        in.skip(1); // still_picture
        reduced = in.flag(); // reduced_still_picture_header
        if (reduced) {
            level = in.i(5);
        } else {
            operatingPoints();
        }
        int widthBits = in.i(4) + 1;
        int heightBits = in.i(4) + 1;
        size = FrameSize.of(in.i(widthBits) + 1, in.i(heightBits) + 1);
    }

    /** From the first byte after the OBU's head, up to the size. */
    static SequenceHeader read(byte[] buffer, int offset, int length) throws Malformed {
        return new SequenceHeader(new BitReader(WHAT, buffer, offset, length));
    }

    /** The {@link FrameSize} that pictures have at most, from the first byte after the OBU's head; unknown if unreadable. */
    static int frameSize(byte[] buffer, int offset, int length) {
        try {
            return read(buffer, offset, length).size;
        } catch (Malformed unusable) {
            return FrameSize.UNKNOWN; // as good as not said
        }
    }

    /** Of the first operating point. */
    int level() {
        return level;
    }

    /** Of the first operating point. */
    int tier() {
        return tier;
    }

    /** What follows the size, but for how colour is coded, which is next. */
    BitReader tools() throws Malformed {
        if (!reduced && in.flag()) { // frame_id_numbers_present_flag
            in.skip(4 + 3); // delta_frame_id_length, additional_frame_id_length
        }
        in.skip(3); // use_128x128_superblock, enable_filter_intra, enable_intra_edge_filter
        if (!reduced) {
            in.skip(4); // enable_interintra_compound, _masked_compound, _warped_motion, _dual_filter
            boolean orderHint = in.flag();
            if (orderHint) {
                in.skip(2); // enable_jnt_comp, enable_ref_frame_mvs
            }
            boolean choosesTools = in.flag(); // seq_choose_screen_content_tools
            boolean mayUseTools = choosesTools || in.flag(); // seq_force_screen_content_tools
            if (mayUseTools && !in.flag()) { // seq_choose_integer_mv
                in.skip(1); // seq_force_integer_mv
            }
            if (orderHint) {
                in.skip(3); // order_hint_bits
            }
        }
        in.skip(3); // enable_superres, enable_cdef, enable_restoration
        return in;
    }

    private void operatingPoints() throws Malformed {
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
            int pointLevel = in.i(5); // seq_level_idx
            int pointTier = pointLevel > 7 ? in.i(1) : 0; // seq_tier
            if (i == 0) {
                level = pointLevel;
                tier = pointTier;
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
