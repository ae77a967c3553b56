package org.everytake.wire.h264;

/**
 * Types of NAL units, the low five bits of their first byte (ITU-T H.264, table 7-1), and of the packets that hold more or
 * less than one (RFC 6184, section 5.2).
 */
final class NalType {
    static final int SLICE = 1;
    static final int IDR_SLICE = 5;
    static final int SEQUENCE_PARAMETERS = 7;
    static final int PICTURE_PARAMETERS = 8;
    static final int ACCESS_UNIT_DELIMITER = 9;
    static final int LAST_SINGLE = 23;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private NalType() {}

    static int of(byte[] buffer, int at) {
        return buffer[at] & 0x1F;
    }

    /**
     * Whether decoding begins with a NAL unit: the first slice of an IDR picture, or what must come before.
     *
     * @param data where what follows its header lies, before {@code end}
     */
    static boolean startsKeyFrame(int type, byte[] buffer, int data, int end) {
        return type == SEQUENCE_PARAMETERS || type == IDR_SLICE && isFirstSlice(buffer, data, end);
    }

    /** A slice is the first of its picture if its first number, the first macroblock's address, is 0: a single 1 bit. */
    static boolean isFirstSlice(byte[] buffer, int data, int end) {
        return data < end && (buffer[data] & 0x80) != 0;
    }
}
