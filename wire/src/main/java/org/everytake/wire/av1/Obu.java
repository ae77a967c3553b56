package org.everytake.wire.av1;

import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.ByteWriter;

/**
 * The head of an open bitstream unit and its numbers (AV1 bitstream specification, sections 5.3 and 4.10.5).
 *
 * <pre>
 *   0 1 2 3 4 5 6 7
 *  +-+-+-+-+-+-+-+-+
 *  |F| type  |X|S|-|  X: a byte follows with the layers; S: then a leb128 with the size of what follows that
 *  +-+-+-+-+-+-+-+-+
 * X:| TID |SID|-----|
 * </pre>
 */
final class Obu {
    static final int SEQUENCE_HEADER = 1;
    static final int TEMPORAL_DELIMITER = 2;
    static final int FRAME_HEADER = 3;
    static final int FRAME = 6;
    static final int TILE_LIST = 8;
    static final int PADDING = 15;

    private static final int HAS_SIZE = 0x02;

    private Obu() {}

    static int type(int head) {
        return head >>> 3 & 0x0F;
    }

    static boolean hasSize(int head) {
        return (head & HAS_SIZE) != 0;
    }

    /** Length of the head without a size, 1 or 2. */
    static int headLength(int head) {
        return (head & 0x04) != 0 ? 2 : 1;
    }

    /** A number from {@code at} on, in the low 32 bits, and above them how many bytes it takes; -1 if there is none. */
    static long leb128(byte[] b, int at, int end) {
        long value = 0;
        for (int i = 0; i < 8 && at + i < end; i++) {
            value |= (long) (b[at + i] & 0x7F) << 7 * i;
            if ((b[at + i] & 0x80) == 0) {
                return value > Integer.MAX_VALUE ? -1 : (long) (i + 1) << 32 | value;
            }
        }
        return -1;
    }

    static void writeLeb128(ByteWriter out, int value) {
        int left = value;
        while (left > 0x7F) {
            out.u8(0x80 | left & 0x7F);
            left >>>= 7;
        }
        out.u8(left);
    }

    /** Writes an OBU, given with or without a size, with one. */
    static void writeWithSize(ByteWriter out, byte[] b, int offset, int length) throws Malformed {
        int head = headLength(b[offset]);
        int data = dataOffset(b, offset, length);
        out.u8(b[offset] | HAS_SIZE);
        if (head == 2) {
            out.u8(b[offset + 1]);
        }
        writeLeb128(out, length - data);
        out.bytes(b, offset + data, length - data);
    }

    /** How many bytes come before what an OBU holds: its head, and its size if it has one. */
    static int dataOffset(byte[] b, int offset, int length) throws Malformed {
        int head = length < 1 ? 1 : headLength(b[offset]);
        if (length < head) {
            throw new Malformed("OBU", length, "cut off");
        }
        if (!hasSize(b[offset])) {
            return head;
        }
        long size = leb128(b, offset + head, offset + length);
        int data = head + (int) (size >>> 32);
        if (size < 0 || (int) size != length - data) {
            throw new Malformed("OBU", head, "another size than it has");
        }
        return data;
    }
}
