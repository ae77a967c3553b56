package org.everytake.render.mp4;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Walks over boxes, from a stream at the top level and from memory below. */
final class BoxReader {
    /** An index of one fragment is some kilobytes; more is not from a muxer. */
    private static final int MOST_IN_MEMORY = 16 << 20;

    private BoxReader() {}

    /** A box header at the top level. */
    record Header(String type, long payloadBytes) {}

    /** The next header of a stream, or null at its end. */
    static @Nullable Header next(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        long size = (long) first << 24 | (long) in.readUnsignedByte() << 16 | in.readUnsignedShort();
        String type = new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        int header = 8;
        if (size == 1) {
            size = in.readLong();
            header = 16;
        }
        if (size < header) {
            throw new IOException("A box " + type + " of " + size + " bytes");
        }
        return new Header(type, size - header);
    }

    static ByteBuffer payload(DataInputStream in, Header header) throws IOException {
        if (header.payloadBytes() > MOST_IN_MEMORY) {
            throw new IOException("A box " + header.type() + " of " + header.payloadBytes() + " bytes");
        }
        byte[] bytes = in.readNBytes((int) header.payloadBytes());
        if (bytes.length < header.payloadBytes()) {
            throw new EOFException("A box " + header.type() + " is cut off");
        }
        return ByteBuffer.wrap(bytes);
    }

    /** The payload of the first child of this type, the path going down by slashes; null if there is none. */
    static @Nullable ByteBuffer find(ByteBuffer parent, String path) throws IOException {
        int slash = path.indexOf('/');
        String type = slash < 0 ? path : path.substring(0, slash);
        ByteBuffer in = parent.duplicate();
        while (in.remaining() >= 8) {
            int start = in.position();
            long size = in.getInt() & 0xFFFF_FFFFL;
            byte[] name = new byte[4];
            in.get(name);
            if (size < 8 || size > in.limit() - start) {
                throw new IOException("A box of " + size + " bytes in one of " + in.limit());
            }
            if (new String(name, StandardCharsets.ISO_8859_1).equals(type)) {
                ByteBuffer payload = in.slice(start + 8, (int) size - 8);
                return slash < 0 ? payload : find(payload, path.substring(slash + 1));
            }
            in.position(start + (int) size);
        }
        return null;
    }
}
