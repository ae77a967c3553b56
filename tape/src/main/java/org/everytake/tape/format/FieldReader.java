package org.everytake.tape.format;

import java.nio.charset.StandardCharsets;

/** Reads what {@link FieldWriter} wrote; never beyond its end. */
final class FieldReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    FieldReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    int remaining() {
        return end - at;
    }

    int u8() throws Damaged {
        need(1);
        return bytes[at++] & 0xFF;
    }

    int u16() throws Damaged {
        need(2);
        return u8() << 8 | u8();
    }

    long u32() throws Damaged {
        need(4);
        return (long) u16() << 16 | u16();
    }

    long i64() throws Damaged {
        need(8);
        return u32() << 32 | u32();
    }

    String string() throws Damaged {
        int length = u16();
        need(length);
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }

    /** The next so many bytes as a reader of their own. */
    FieldReader part(long length) throws Damaged {
        need(length);
        at += (int) length;
        return new FieldReader(bytes, at - (int) length, (int) length);
    }

    byte[] rest() {
        byte[] rest = java.util.Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    private void need(long count) throws Damaged {
        if (count > end - at) {
            throw new Damaged("a field of " + count + " bytes where " + (end - at) + " are left");
        }
    }
}
