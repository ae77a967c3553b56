package org.everytake.render.mp4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Builds boxes of ISO/IEC 14496-12 section 4.2 in memory. One thread.
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

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoxWriter box(String type, Payload payload) {
        BoxWriter inner = new BoxWriter();
        payload.into(inner);
        u32(8 + inner.bytes.size());
        fourCc(type);
        bytes.writeBytes(inner.bytes.toByteArray());
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
        BoxWriter inner = new BoxWriter();
        payload.into(inner);
        int length = inner.bytes.size();
        u8(tag).u8(length >> 21 & 0x7F | 0x80).u8(length >> 14 & 0x7F | 0x80);
        u8(length >> 7 & 0x7F | 0x80).u8(length & 0x7F);
        bytes.writeBytes(inner.bytes.toByteArray());
        return this;
    }

    BoxWriter u8(int value) {
        bytes.write(value);
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
        bytes.writeBytes(value);
        return this;
    }

    BoxWriter zeros(int count) {
        return raw(new byte[count]);
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
