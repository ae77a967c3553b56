package org.everytake.tape.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Gathers the fields of a description or an event, big-endian; strings are UTF-8 behind 16 bits of length. */
final class FieldWriter {
    static final int MAX_STRING_BYTES = 0xFFFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    FieldWriter u8(int value) {
        out.write(value);
        return this;
    }

    FieldWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    FieldWriter u32(long value) {
        return u16((int) (value >>> 16)).u16((int) value);
    }

    FieldWriter i64(long value) {
        return u32(value >>> 32).u32(value);
    }

    /** How many things follow. */
    FieldWriter count(int count) {
        if (count > 0xFFFF) {
            throw new IllegalArgumentException(count + " are more than a count of 16 bits can say");
        }
        return u16(count);
    }

    FieldWriter string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_STRING_BYTES) {
            throw new IllegalArgumentException(
                    "a text of " + bytes.length + " bytes is longer than " + MAX_STRING_BYTES);
        }
        return u16(bytes.length).raw(bytes);
    }

    FieldWriter raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
