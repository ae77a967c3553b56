package org.everytake.wire.bytes;

import java.util.Arrays;

/** A growing byte array written in network order. Owned by whoever made it. */
public final class ByteWriter {
    private byte[] bytes = new byte[128];
    private int size;

    public int size() {
        return size;
    }

    public ByteWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    public ByteWriter u16(int value) {
        room(2);
        Bytes.put16(bytes, size, value);
        size += 2;
        return this;
    }

    public ByteWriter u24(int value) {
        room(3);
        Bytes.put24(bytes, size, value);
        size += 3;
        return this;
    }

    public ByteWriter u32(long value) {
        room(4);
        Bytes.put32(bytes, size, value);
        size += 4;
        return this;
    }

    public ByteWriter u64(long value) {
        room(8);
        Bytes.put64(bytes, size, value);
        size += 8;
        return this;
    }

    public ByteWriter bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    public ByteWriter bytes(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    /** Zero bytes until the size is a multiple of four. */
    public ByteWriter align4() {
        while ((size & 3) != 0) {
            u8(0);
        }
        return this;
    }

    /** Forgets all that was written. */
    public void clear() {
        size = 0;
    }

    /** Forgets what was written behind a size that it had. */
    public void truncate(int size) {
        this.size = Math.min(this.size, size);
    }

    /** Overwrites two bytes written earlier. */
    public void patch16(int at, int value) {
        Bytes.put16(bytes, at, value);
    }

    /** The array itself, of which the first {@link #size()} bytes are valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
