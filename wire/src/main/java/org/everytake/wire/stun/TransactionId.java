package org.everytake.wire.stun;

import java.util.Arrays;
import java.util.HexFormat;
import org.everytake.wire.bytes.Bytes;

/** The 96 bits that tie a response to its request. A value: usable as a key. */
public final class TransactionId {
    /** Length in bytes. */
    public static final int LENGTH = 12;

    private final byte[] bytes;

    private TransactionId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** From random numbers of the caller, of which the low 32 and 64 bits are taken. */
    public static TransactionId of(int high, long low) {
        byte[] bytes = new byte[LENGTH];
        Bytes.put32(bytes, 0, high);
        Bytes.put64(bytes, 4, low);
        return new TransactionId(bytes);
    }

    static TransactionId read(byte[] buffer, int at) {
        return new TransactionId(Arrays.copyOfRange(buffer, at, at + LENGTH));
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransactionId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
