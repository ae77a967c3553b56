package org.everytake.wire.h264;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.BitReader;
import org.everytake.wire.video.FrameSize;

/**
 * What an H.264 sequence parameter set says of the picture (ITU-T H.264, sections 7.3.2.1.1 and 7.4.2.1.1).
 *
 * @param profile {@code profile_idc}, such as 66 for baseline
 * @param level {@code level_idc}, ten times the level
 * @param width in pixels, after cropping
 * @param height in pixels, after cropping
 */
public record SequenceParameterSet(int profile, int level, int width, int height) {
    private static final String WHAT = "H.264 sequence parameter set";

    /** Much longer than any that describes a camera. */
    private static final int MOST_BYTES = 512;

    /** Reads one, from the byte of its NAL unit header on. */
    public static SequenceParameterSet parse(byte[] buffer, int offset, int length) throws Malformed {
        byte[] plain = new byte[Math.min(length, MOST_BYTES)];
        BitReader in = new BitReader(WHAT, plain, 0, withoutEmulation(buffer, offset, length, plain));
        if ((in.u(8) & 0x1F) != NalType.SEQUENCE_PARAMETERS) {
            throw new Malformed(WHAT, 0, "another NAL unit");
        }
        int profile = in.i(8);
        in.skip(8); // constraints
        int level = in.i(8);
        in.ue(); // seq_parameter_set_id
        int chromaFormat = 1;
        boolean separatePlanes = false;
        if (saysChromaFormat(profile)) {
            chromaFormat = (int) in.ue();
            separatePlanes = chromaFormat == 3 && in.flag();
            in.ue(); // bit_depth_luma_minus8
            in.ue(); // bit_depth_chroma_minus8
            in.skip(1); // qpprime_y_zero_transform_bypass_flag
            scalingLists(in, chromaFormat == 3 ? 12 : 8);
        }
        in.ue(); // log2_max_frame_num_minus4
        pictureOrderCount(in);
        in.ue(); // max_num_ref_frames
        in.skip(1); // gaps_in_frame_num_value_allowed_flag
        long widthInMacroblocks = in.ue() + 1;
        long heightInMapUnits = in.ue() + 1;
        int fields = in.flag() ? 1 : 2; // frame_mbs_only_flag
        if (fields == 2) {
            in.skip(1); // mb_adaptive_frame_field_flag
        }
        in.skip(1); // direct_8x8_inference_flag
        long width = widthInMacroblocks * 16;
        long height = heightInMapUnits * 16 * fields;
        if (in.flag()) { // frame_cropping_flag
            boolean halved = chromaFormat == 1 && !separatePlanes;
            width -= (in.ue() + in.ue()) * (halved || chromaFormat == 2 && !separatePlanes ? 2 : 1);
            height -= (in.ue() + in.ue()) * (halved ? 2 : 1) * fields;
        }
        if (FrameSize.of(Math.clamp(width, 0, 1 << 20), Math.clamp(height, 0, 1 << 20)) == FrameSize.UNKNOWN) {
            throw new Malformed(WHAT, 4, "no size");
        }
        return new SequenceParameterSet(profile, level, (int) width, (int) height);
    }

    /** The {@link FrameSize} of one, unknown if it can't be read. */
    static int frameSize(byte[] buffer, int offset, int length) {
        try {
            SequenceParameterSet set = parse(buffer, offset, length);
            return FrameSize.of(set.width, set.height);
        } catch (Malformed unusable) {
            return FrameSize.UNKNOWN; // as good as not said
        }
    }

    private static boolean saysChromaFormat(int profile) {
        return switch (profile) {
            case 44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244 -> true;
            default -> false;
        };
    }

    private static void scalingLists(BitReader in, int count) throws Malformed {
        if (!in.flag()) {
            return;
        }
        for (int list = 0; list < count; list++) {
            if (in.flag()) {
                long next = 8;
                for (int i = 0; i < (list < 6 ? 16 : 64) && next != 0; i++) {
                    next = next + in.se() & 0xFF;
                }
            }
        }
    }

    private static void pictureOrderCount(BitReader in) throws Malformed {
        long type = in.ue();
        if (type == 0) {
            in.ue(); // log2_max_pic_order_cnt_lsb_minus4
        } else if (type == 1) {
            in.skip(1); // delta_pic_order_always_zero_flag
            in.se(); // offset_for_non_ref_pic
            in.se(); // offset_for_top_to_bottom_field
            for (long frames = in.ue(); frames > 0; frames--) {
                in.se(); // offset_for_ref_frame
            }
        }
    }

    /** Without the 3 that follows two zeros, so that nothing looks like a start code (section 7.4.1). Gives the length. */
    private static int withoutEmulation(byte[] b, int offset, int length, byte[] out) {
        int zeros = 0;
        int size = 0;
        for (int i = 0; i < length && size < out.length; i++) {
            byte next = b[offset + i];
            if (zeros >= 2 && next == 3) {
                zeros = 0;
                continue;
            }
            zeros = next == 0 ? zeros + 1 : 0;
            out[size++] = next;
        }
        return size;
    }
}
