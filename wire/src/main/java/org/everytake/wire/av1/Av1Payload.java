package org.everytake.wire.av1;

import org.everytake.wire.video.FrameSize;

/**
 * Questions to an RTP payload of AV1 on the path of a packet. It begins with the aggregation header (section 4.4):
 *
 * <pre>
 *   0 1 2 3 4 5 6 7
 *  +-+-+-+-+-+-+-+-+
 *  |Z|Y| W |N|-|-|-|
 *  +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * Z: the first element goes on with the last of the packet before; Y: the last one goes on in the next; N: a coded video
 * sequence begins here; W: how many elements there are. Each has its length before it (leb128), but the last of W; if W is
 * 0, all have.
 */
public final class Av1Payload {
    static final int CONTINUES = 0x80;
    static final int GOES_ON = 0x40;
    static final int NEW_SEQUENCE = 0x08;

    private Av1Payload() {}

    static int count(int header) {
        return header >>> 4 & 3;
    }

    /** Whether a key frame begins with a payload. Allocates nothing. */
    public static boolean startsKeyFrame(byte[] buffer, int offset, int length) {
        return length > 1 && (buffer[offset] & (CONTINUES | NEW_SEQUENCE)) == NEW_SEQUENCE;
    }

    /** The {@link FrameSize} that a payload says, if its first element, or the one after a delimiter, is a sequence header. */
    public static int frameSize(byte[] buffer, int offset, int length) {
        if (!startsKeyFrame(buffer, offset, length)) {
            return FrameSize.UNKNOWN;
        }
        int end = offset + length;
        int count = count(buffer[offset]);
        int at = offset + 1;
        for (int element = 1; at < end; element++) {
            int size = end - at;
            if (element != count) {
                long read = Obu.leb128(buffer, at, end);
                if (read < 0) {
                    return FrameSize.UNKNOWN;
                }
                at += (int) (read >>> 32);
                size = Math.min((int) read, end - at);
            }
            if (size > 0 && Obu.type(buffer[at]) == Obu.SEQUENCE_HEADER) {
                int head = Obu.headLength(buffer[at]);
                head += Obu.hasSize(buffer[at]) ? (int) (Math.max(0, Obu.leb128(buffer, at + head, end)) >>> 32) : 0;
                return head > size ? FrameSize.UNKNOWN : SequenceHeader.frameSize(buffer, at + head, size - head);
            }
            at += size;
        }
        return FrameSize.UNKNOWN;
    }
}
