package org.everytake.wire.h264;

import org.everytake.wire.bytes.Bytes;
import org.everytake.wire.video.FrameSize;

/**
 * Questions to an RTP payload of H.264 (RFC 6184, sections 5.6 to 5.8) on the path of a packet.
 *
 * <pre>
 *   0 1 2 3 4 5 6 7
 *  +-+-+-+-+-+-+-+-+
 *  |F|NRI|  type   |  1 to 23: the header of the one NAL unit that follows
 *  +-+-+-+-+-+-+-+-+  24, STAP-A: then for each NAL unit its length (16 bits) and itself
 *  |S|E|R|  type   |  28, FU-A: this, then a part of a NAL unit of this type; S: its first, E: its last
 *  +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class H264Payload {
    private H264Payload() {}

    /** Whether a key frame begins with a payload: an IDR picture, or the parameters before it. Allocates nothing. */
    public static boolean startsKeyFrame(byte[] buffer, int offset, int length) {
        if (length < 2) {
            return false;
        }
        int type = NalType.of(buffer, offset);
        int end = offset + length;
        if (type == NalType.FU_A) {
            boolean first = (buffer[offset + 1] & 0x80) != 0;
            return first && NalType.startsKeyFrame(NalType.of(buffer, offset + 1), buffer, offset + 2, end);
        }
        if (type != NalType.STAP_A) {
            return NalType.startsKeyFrame(type, buffer, offset + 1, end);
        }
        for (int at = offset + 1; at + 3 <= end; at += 2 + Bytes.u16(buffer, at)) {
            if (NalType.startsKeyFrame(NalType.of(buffer, at + 2), buffer, at + 3, end)) {
                return true;
            }
        }
        return false;
    }

    /** The {@link FrameSize} that a payload says, if it holds a whole sequence parameter set. */
    public static int frameSize(byte[] buffer, int offset, int length) {
        if (length < 1) {
            return FrameSize.UNKNOWN;
        }
        int type = NalType.of(buffer, offset);
        if (type == NalType.SEQUENCE_PARAMETERS) {
            return SequenceParameterSet.frameSize(buffer, offset, length);
        }
        int end = offset + length;
        for (int at = offset + 1; type == NalType.STAP_A && at + 3 <= end; at += 2 + Bytes.u16(buffer, at)) {
            if (NalType.of(buffer, at + 2) == NalType.SEQUENCE_PARAMETERS) {
                int most = Math.min(Bytes.u16(buffer, at), end - at - 2);
                return SequenceParameterSet.frameSize(buffer, at + 2, most);
            }
        }
        return FrameSize.UNKNOWN;
    }
}
