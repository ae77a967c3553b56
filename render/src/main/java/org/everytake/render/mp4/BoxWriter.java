package org.everytake.render.mp4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds boxes of ISO/IEC 14496-12 section 4.2 in memory, one inside the other in one array: the index of a day has tens of
 * megabytes. One thread.
 *
 * <pre>
 *  0                   1                   2                   3
 * +-------------------------------+-------------------------------+
 * | size, this header included                                    |
 * +---------------------------------------------------------------+
 * | type, four characters                                         |
 * +---------------+-----------------------------------------------+
 * | version       | flags              (full boxes only)          |
 * +---------------+-----------------------------------------------+
 * | payload ...
 * </pre>
 */
final class BoxWriter {
    /** What a box holds. */
    @FunctionalInterface
    interface Payload {
        void into(BoxWriter out);
    }

    private byte[] bytes = new byte[64];
    private int length;

    BoxWriter box(String type, Payload payload) {
        int start = length;
        u32(0).fourCc(type);
        payload.into(this);
        int size = length - start;
        for (int i = 0; i < 4; i++) {
            bytes[start + i] = (byte) (size >> 24 - 8 * i);
        }
        return this;
    }

    BoxWriter fullBox(String type, int version, int flags, Payload payload) {
        return box(type, out -> {
            out.u32((long) version << 24 | flags);
            payload.into(out);
        });
    }

    /** A descriptor of ISO/IEC 14496-1 section 8.3: tag, length in four groups of seven bits, payload. */
    BoxWriter descriptor(int tag, Payload payload) {
        u8(tag);
        int start = length;
        u32(0);
        payload.into(this);
        int size = length - start - 4;
        for (int i = 0; i < 4; i++) {
            int group = size >> 21 - 7 * i & 0x7F;
            bytes[start + i] = (byte) (i < 3 ? group | 0x80 : group);
        }
        return this;
    }

    BoxWriter u8(int value) {
        grow(1);
        bytes[length++] = (byte) value;
        return this;
    }

    BoxWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    BoxWriter u24(int value) {
        return u8(value >> 16).u16(value);
    }

    BoxWriter u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    BoxWriter u64(long value) {
        return u32(value >> 32).u32(value);
    }

    /** 32 or 64 bits, as the version of the box says. */
    BoxWriter time(int version, long value) {
        return version == 1 ? u64(value) : u32(value);
    }

    BoxWriter fourCc(String type) {
        return raw(type.getBytes(StandardCharsets.ISO_8859_1));
    }

    BoxWriter raw(byte[] value) {
        grow(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    BoxWriter zeros(int count) {
        return raw(new byte[count]);
    }

    private void grow(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }
}
