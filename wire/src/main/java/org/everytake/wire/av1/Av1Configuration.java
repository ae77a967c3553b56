package org.everytake.wire.av1;

import java.util.Arrays;
import org.everytake.wire.Malformed;
import org.everytake.wire.bytes.BitReader;
import org.everytake.wire.bytes.ByteWriter;

/**
 * What files say of AV1 before the first picture: an AV1CodecConfigurationRecord ("AV1 Codec ISO Media File Format
 * Binding", section 2.3.3), and the pictures as files hold them, without delimiters.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |1| version: 1  |  0
 * +-+-+-+-+-+-+-+-+
 * | pro | level   |  1
 * +-+-+-+-+-+-+-+-+    t: tier; h: more than 8 bits; w: 12 bits; m: no colour
 * |t|h|w|m|x|y|pos|  2 x, y: colour is subsampled; pos: where its samples lie
 * +-+-+-+-+-+-+-+-+
 * |       0       |  3
 * +-+-+-+-+-+-+-+-+
 * | sequence header, an OBU with its size
 * </pre>
 */
public final class Av1Configuration {
    private static final String WHAT = "AV1 temporal unit";
    private static final int HIGH_BIT_DEPTH = 0x40;
    private static final int TWELVE_BIT = 0x20;
    private static final int MONOCHROME = 0x10;
    private static final int SUBSAMPLING_X = 0x08;
    private static final int SUBSAMPLING_Y = 0x04;

    private Av1Configuration() {}

    /** The record of a temporal unit that has a sequence header; empty if it has none. */
    public static byte[] of(byte[] unit) throws Malformed {
        for (int at = 0; at < unit.length; at = end(unit, at)) {
            if (Obu.type(unit[at]) == Obu.SEQUENCE_HEADER) {
                return record(Arrays.copyOfRange(unit, at, end(unit, at)));
            }
        }
        return new byte[0];
    }

    /** A temporal unit without its delimiter. */
    public static byte[] withoutDelimiter(byte[] unit) throws Malformed {
        ByteWriter out = new ByteWriter();
        for (int at = 0; at < unit.length; ) {
            int end = end(unit, at);
            if (Obu.type(unit[at]) != Obu.TEMPORAL_DELIMITER) {
                out.bytes(unit, at, end - at);
            }
            at = end;
        }
        return out.toBytes();
    }

    /** Where the OBU that begins at a place ends; each but the last must have a size. */
    private static int end(byte[] unit, int at) throws Malformed {
        if (!Obu.hasSize(unit[at])) {
            return unit.length;
        }
        int head = at + Obu.headLength(unit[at]);
        long size = Obu.leb128(unit, head, unit.length);
        long end = head + (size >>> 32) + (int) size;
        if (size < 0 || end > unit.length) {
            throw new Malformed(WHAT, at, "an OBU runs over the end");
        }
        return (int) end;
    }

    private static byte[] record(byte[] obu) throws Malformed {
        int data = Obu.dataOffset(obu, 0, obu.length);
        SequenceHeader header = SequenceHeader.read(obu, data, obu.length - data);
        ByteWriter out = new ByteWriter();
        out.u8(0x81).u8(header.profile << 5 | header.level());
        out.u8(header.tier() << 7 | colour(header.tools(), header.profile)).u8(0);
        Obu.writeWithSize(out, obu, 0, obu.length);
        return out.toBytes();
    }

    /** Section 5.5.2 of the bitstream specification. */
    private static int colour(BitReader in, int profile) throws Malformed {
        boolean high = in.flag();
        boolean twelve = profile == 2 && high && in.flag();
        boolean monochrome = profile != 1 && in.flag();
        int depth = (high ? HIGH_BIT_DEPTH : 0) | (twelve ? TWELVE_BIT : 0);
        boolean srgb = in.flag() && in.u(24) == 0x01_0D_00; // primaries, transfer, matrix
        if (monochrome) {
            return depth | MONOCHROME | SUBSAMPLING_X | SUBSAMPLING_Y;
        }
        if (srgb) {
            return depth;
        }
        in.skip(1); // color_range
        boolean x = profile == 0 || profile == 2 && (!twelve || in.flag());
        boolean y = profile == 0 || profile == 2 && twelve && x && in.flag();
        int position = x && y ? in.i(2) : 0;
        return depth | (x ? SUBSAMPLING_X : 0) | (y ? SUBSAMPLING_Y : 0) | position;
    }
}
