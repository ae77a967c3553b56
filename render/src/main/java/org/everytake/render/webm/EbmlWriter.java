package org.everytake.render.webm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Builds elements of EBML (RFC 8794) in memory: an id, the size of what follows, and that. One thread.
 *
 * <pre>
 *  size below 2^7 - 1    1xxxxxxx
 *  size below 2^14 - 1   01xxxxxx xxxxxxxx
 *  and so on to          00000001 and 56 bits
 * </pre>
 *
 * A size of ones only means that it is not known, so it is never written.
 */
final class EbmlWriter {
    /** What an element holds. */
    @FunctionalInterface
    interface Payload {
        void into(EbmlWriter out);
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    EbmlWriter master(int id, Payload payload) {
        EbmlWriter inner = new EbmlWriter();
        payload.into(inner);
        return binary(id, inner.toByteArray());
    }

    /** In as few bytes as it takes, at least one. */
    EbmlWriter unsigned(int id, long value) {
        return unsigned(id, value, unsignedLength(value));
    }

    EbmlWriter unsigned(int id, long value, int length) {
        return head(id, length).big(value, length);
    }

    /** In eight bytes. */
    EbmlWriter signed(int id, long value) {
        return unsigned(id, value, 8);
    }

    EbmlWriter real(int id, double value) {
        return unsigned(id, Double.doubleToRawLongBits(value), 8);
    }

    EbmlWriter text(int id, String value) {
        return binary(id, value.getBytes(StandardCharsets.UTF_8));
    }

    EbmlWriter binary(int id, byte[] value) {
        head(id, value.length);
        bytes.writeBytes(value);
        return this;
    }

    /** An id and a size; what it holds follows from elsewhere. */
    EbmlWriter head(int id, long size) {
        return big(id & 0xFFFF_FFFFL, idLength(id)).size(size);
    }

    EbmlWriter size(long size) {
        return size(size, sizeLength(size));
    }

    EbmlWriter size(long size, int length) {
        return big(1L << 7 * length | size, length);
    }

    EbmlWriter big(long value, int length) {
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            bytes.write((int) (value >>> shift));
        }
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** How long the head of an element is. */
    static int headLength(int id, long size) {
        return idLength(id) + sizeLength(size);
    }

    static int unsignedLength(long value) {
        return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 7) / 8);
    }

    private static int idLength(int id) {
        return unsignedLength(id & 0xFFFF_FFFFL);
    }

    private static int sizeLength(long size) {
        int length = 1;
        while (size >= (1L << 7 * length) - 1) {
            length++;
        }
        return length;
    }
}
