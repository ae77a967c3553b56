package org.everytake.wire.rtp;

import java.util.List;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.Bytes;

/**
 * A view of a RED payload (RFC 2198): an audio frame, and before it frames that were sent before. One object is pointed at
 * payload after payload, so that reading allocates nothing. Owned by one thread; valid until the buffer is written again
 * or the view is pointed elsewhere.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|  block PT   |  timestamp offset         |   block length    |   of each earlier frame
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0|  block PT   |   of the primary; then the frames in the same order
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RedundantAudio {
    /** Blocks of a payload at most, the primary included. */
    public static final int MOST_BLOCKS = 16;

    /** An earlier frame can be older than its packet by so much at most, in units of the timestamp. */
    public static final int MOST_TIMESTAMP_OFFSET = 0x3FFF;

    /** An earlier frame can have so many bytes at most. */
    public static final int MOST_BLOCK_LENGTH = 0x3FF;

    private static final String WHAT = "RED payload";
    private static final int EARLIER_HEADER = 4;
    private static final int PRIMARY_HEADER = 1;

    private final int[] payloadTypes = new int[MOST_BLOCKS];
    private final int[] timestampOffsets = new int[MOST_BLOCKS];
    private final int[] offsets = new int[MOST_BLOCKS];
    private final int[] lengths = new int[MOST_BLOCKS];
    private int count;

    /**
     * A frame that was sent before.
     *
     * @param timestampOffset by how much it is older than the packet, 1 to {@link #MOST_TIMESTAMP_OFFSET}
     * @param bytes at most {@link #MOST_BLOCK_LENGTH}; not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    public record Earlier(int payloadType, int timestampOffset, byte[] bytes) {
        public Earlier {
            if (payloadType < 0
                    || payloadType > 127
                    || timestampOffset < 1
                    || timestampOffset > MOST_TIMESTAMP_OFFSET
                    || bytes.length > MOST_BLOCK_LENGTH) {
                throw new IllegalArgumentException(
                        bytes.length + " bytes of type " + payloadType + ", earlier by " + timestampOffset);
            }
        }
    }

    /**
     * Points this view at a payload and checks every length in it. After an exception the view is empty.
     *
     * @return this
     */
    public RedundantAudio wrap(byte[] buffer, int offset, int length) throws Malformed {
        count = 0;
        int end = offset + length;
        int at = offset;
        int blocks = 0;
        int earlier = 0;
        while (at < end && (buffer[at] & 0x80) != 0) {
            if (blocks == MOST_BLOCKS - 1) {
                throw new Malformed(WHAT, at - offset, "more than " + MOST_BLOCKS + " blocks");
            }
            if (end - at < EARLIER_HEADER) {
                throw new Malformed(WHAT, at - offset, "block header is cut off");
            }
            payloadTypes[blocks] = buffer[at] & 0x7F;
            timestampOffsets[blocks] = Bytes.u16(buffer, at + 1) >>> 2;
            lengths[blocks] = Bytes.u16(buffer, at + 2) & MOST_BLOCK_LENGTH;
            earlier += lengths[blocks];
            blocks++;
            at += EARLIER_HEADER;
        }
        if (at >= end) {
            throw new Malformed(WHAT, at - offset, "no primary block");
        }
        payloadTypes[blocks] = Bytes.u8(buffer, at);
        timestampOffsets[blocks] = 0;
        at += PRIMARY_HEADER;
        lengths[blocks] = end - at - earlier;
        if (lengths[blocks] <= 0) {
            throw new Malformed(WHAT, at - offset, "blocks leave nothing for the primary");
        }
        for (int i = 0; i <= blocks; i++) {
            offsets[i] = at;
            at += lengths[i];
        }
        count = blocks + 1;
        return this;
    }

    /** Blocks of this payload, the primary included; it is the last one. */
    public int count() {
        return count;
    }

    /** 0 to 127. */
    public int payloadType(int block) {
        return payloadTypes[block];
    }

    /** By how much a frame is older than the packet, in units of the timestamp; zero for the primary. */
    public int timestampOffset(int block) {
        return timestampOffsets[block];
    }

    /** Where a frame begins in the buffer. */
    public int offset(int block) {
        return offsets[block];
    }

    /** In bytes; an earlier frame may be empty. */
    public int length(int block) {
        return lengths[block];
    }

    /** Length of what {@link #write} would write, in bytes. */
    public static int length(List<Earlier> earlier, byte[] primary) {
        int length = PRIMARY_HEADER + primary.length;
        for (Earlier frame : earlier) {
            length += EARLIER_HEADER + frame.bytes.length;
        }
        return length;
    }

    /**
     * Writes a payload.
     *
     * @param earlier the oldest first, fewer than {@link #MOST_BLOCKS}
     * @param payloadType of the primary
     * @return length in bytes
     */
    public static int write(byte[] out, int offset, List<Earlier> earlier, int payloadType, byte[] primary) {
        if (earlier.size() >= MOST_BLOCKS) {
            throw new IllegalArgumentException(earlier.size() + " earlier frames");
        }
        int at = offset;
        for (Earlier frame : earlier) {
            Bytes.put8(out, at, 0x80 | frame.payloadType);
            Bytes.put24(out, at + 1, frame.timestampOffset << 10 | frame.bytes.length);
            at += EARLIER_HEADER;
        }
        Bytes.put8(out, at++, payloadType & 0x7F);
        for (Earlier frame : earlier) {
            System.arraycopy(frame.bytes, 0, out, at, frame.bytes.length);
            at += frame.bytes.length;
        }
        System.arraycopy(primary, 0, out, at, primary.length);
        return at + primary.length - offset;
    }
}
