package org.everytake.tape.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What stands before each record inside a batch.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * |     type      |     zero      |            stream             |  0
 * +---------------+---------------+-------------------------------+
 * |                length of what follows the header              |  4
 * +---------------------------------------------------------------+
 * |                     sequence: 64 bits, signed                 |  8
 * +---------------------------------------------------------------+
 * |        stamp: 64 bits, signed, nanoseconds since zero         |  16
 * +---------------------------------------------------------------+
 * |                         length bytes                          |  24
 * </pre>
 *
 * The methods work on the bytes in place: one of these is written for each packet of the call.
 */
public final class RecordHeader {
    public static final int BYTES = 24;

    /** A take's description, or in the journal the recording's with the room as it is; its sequence counts on. */
    public static final int DESCRIPTION = 1;
    /** A packet as it arrived. */
    public static final int PACKET = 2;
    /** An event of the journal; its sequence is its number. */
    public static final int EVENT = 3;
    /** The segment's end: its count of batches. */
    public static final int END = 4;
    /** Behind the end mark: where the segment's packets are. */
    public static final int INDEX = 5;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private RecordHeader() {}

    public static void write(byte[] out, int offset, int type, int stream, int length, long sequence, long stampNanos) {
        out[offset] = (byte) type;
        out[offset + 1] = 0;
        SHORT.set(out, offset + 2, (short) stream);
        INT.set(out, offset + 4, length);
        LONG.set(out, offset + 8, sequence);
        LONG.set(out, offset + 16, stampNanos);
    }

    /** A whole record. */
    public static byte[] record(int type, int stream, long sequence, long stampNanos, byte[] payload) {
        byte[] out = new byte[BYTES + payload.length];
        write(out, 0, type, stream, payload.length, sequence, stampNanos);
        System.arraycopy(payload, 0, out, BYTES, payload.length);
        return out;
    }

    public static int type(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF;
    }

    public static int stream(byte[] bytes, int offset) {
        return (short) SHORT.get(bytes, offset + 2) & 0xFFFF;
    }

    public static int length(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset + 4);
    }

    public static long sequence(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + 8);
    }

    public static long stampNanos(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + 16);
    }

    /**
     * Where the record after this one begins.
     *
     * @param end of the records
     * @throws Damaged if this one does not fit
     */
    public static int next(byte[] bytes, int offset, int end) throws Damaged {
        if (end - offset < BYTES) {
            throw new Damaged("a record's header does not fit into its batch");
        }
        int length = length(bytes, offset);
        if (length < 0 || length > end - offset - BYTES) {
            throw new Damaged("a record of " + length + " bytes does not fit into its batch");
        }
        return offset + BYTES + length;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
