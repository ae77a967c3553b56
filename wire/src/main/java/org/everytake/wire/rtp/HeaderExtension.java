package org.everytake.wire.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One element of an RTP header extension (RFC 8285) to be written.
 *
 * @param id 1 to 255; with 15 and more, or data that is empty or longer than 16 bytes, the two-byte form is used
 * @param data at most 255 bytes, not copied
 */
public record HeaderExtension(int id, byte[] data) {
    public HeaderExtension {
        if (id < 1 || id > 255 || data.length > 255) {
            throw new IllegalArgumentException("header extension " + id + " of " + data.length + " bytes");
        }
    }

    /** An element that holds text, such as a MID or a RID (RFC 7941). */
    public static HeaderExtension text(int id, String text) {
        return new HeaderExtension(id, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An element that holds a number.
     *
     * @param value of which the low bytes are taken
     */
    static HeaderExtension number(int id, int length, long value) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) (value >>> 8 * (length - 1 - i));
        }
        return new HeaderExtension(id, data);
    }

    boolean fitsOneByteForm() {
        return id < 15 && data.length > 0 && data.length <= 16;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderExtension that && id == that.id && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.hashCode(data);
    }
}
