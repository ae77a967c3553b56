package org.everytake.call.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.everytake.call.TransportAddress;

/**
 * Messages as recvmmsg(2) and sendmmsg(2) take them, each with a buffer and an address of its own, so that both are set
 * up once. Owned by one thread.
 *
 * <pre>
 *  mmsghdr   0        8          16       24          32        40             48      56       60
 *            | name   | name     | iovec  | number of | control | length of    | flags | length |  |
 *            |        | length   |        | iovecs    |         | control      |       |        |  |
 *
 *  iovec     0        8          16
 *            | buffer | length   |
 *
 *  control   0        8          12      16           32
 *            | length | level    | type  | timespec   |
 * </pre>
 */
final class MessageRing {
    static final int SLOTS = 64;

    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTORS = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56;

    private static final int VECTOR_BYTES = 16;
    private static final int VECTOR_LENGTH = 8;

    private static final int CONTROL_LEVEL = 8;
    private static final int CONTROL_TYPE = 12;
    private static final int CONTROL_TIME = 16;
    private static final int CONTROL_BYTES = 32;

    /** Of an address, with what keeps the next one aligned. */
    private static final int NAME_BYTES = 32;

    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment names;
    private final MemorySegment buffers;
    private final MemorySegment controls;

    MessageRing(Arena arena) {
        this.headers = arena.allocate((long) SLOTS * HEADER_BYTES, 8);
        this.vectors = arena.allocate((long) SLOTS * VECTOR_BYTES, 8);
        this.names = arena.allocate((long) SLOTS * NAME_BYTES, 8);
        this.buffers = arena.allocate((long) SLOTS * Datagrams.LARGEST, 8);
        this.controls = arena.allocate((long) SLOTS * CONTROL_BYTES, 8);
        for (int i = 0; i < SLOTS; i++) {
            long header = (long) i * HEADER_BYTES;
            long vector = (long) i * VECTOR_BYTES;
            headers.set(ValueLayout.ADDRESS, header, names.asSlice((long) i * NAME_BYTES));
            headers.set(ValueLayout.ADDRESS, header + VECTOR, vectors.asSlice(vector));
            headers.set(ValueLayout.JAVA_LONG, header + VECTORS, 1);
            headers.set(ValueLayout.ADDRESS, header + CONTROL, controls.asSlice((long) i * CONTROL_BYTES));
            vectors.set(ValueLayout.ADDRESS, vector, buffers.asSlice((long) i * Datagrams.LARGEST));
            vectors.set(ValueLayout.JAVA_LONG, vector + VECTOR_LENGTH, Datagrams.LARGEST);
        }
    }

    /** The messages from one on. */
    MemorySegment from(int slot) {
        return slot == 0 ? headers : headers.asSlice((long) slot * HEADER_BYTES);
    }

    /**
     * Before they are received into: the kernel wrote over how long an address may be, and what it adds.
     *
     * @param count those that it wrote over the last time
     * @param stamped whether there is to be room for the time
     */
    void clear(int count, boolean stamped) {
        for (int i = 0; i < count; i++) {
            long header = (long) i * HEADER_BYTES;
            headers.set(ValueLayout.JAVA_INT, header + NAME_LENGTH, SocketAddresses.BYTES);
            headers.set(ValueLayout.JAVA_LONG, header + CONTROL_LENGTH, stamped ? CONTROL_BYTES : 0);
        }
    }

    /** When the kernel took one that was received, by {@link Libc#realtime}; 0 if it does not say. */
    long stamp(int slot) {
        long control = (long) slot * CONTROL_BYTES;
        boolean there = headers.get(ValueLayout.JAVA_LONG, (long) slot * HEADER_BYTES + CONTROL_LENGTH) >= CONTROL_BYTES
                && controls.get(ValueLayout.JAVA_INT, control + CONTROL_LEVEL) == Libc.SCM_LEVEL
                && controls.get(ValueLayout.JAVA_INT, control + CONTROL_TYPE) == Libc.SCM_TIMESTAMPNS;
        return there ? Libc.nanos(controls, control + CONTROL_TIME) : 0;
    }

    /** Of one that was received. */
    int length(int slot) {
        return headers.get(ValueLayout.JAVA_INT, (long) slot * HEADER_BYTES + LENGTH);
    }

    /** Copies what was received. */
    void copy(int slot, byte[] to, int length) {
        MemorySegment.copy(buffers, ValueLayout.JAVA_BYTE, (long) slot * Datagrams.LARGEST, to, 0, length);
    }

    MemorySegment names() {
        return names;
    }

    /** Where in {@link #names} that of a message is. */
    long nameAt(int slot) {
        return (long) slot * NAME_BYTES;
    }

    /** Copies what is to be sent. False if a socket of that kind cannot send there. */
    boolean put(int slot, byte[] buffer, int offset, int length, TransportAddress to, boolean ipv6) {
        int nameLength = SocketAddresses.write(to, ipv6, names, nameAt(slot));
        if (nameLength == 0) {
            return false;
        }
        headers.set(ValueLayout.JAVA_INT, (long) slot * HEADER_BYTES + NAME_LENGTH, nameLength);
        vectors.set(ValueLayout.JAVA_LONG, (long) slot * VECTOR_BYTES + VECTOR_LENGTH, length);
        MemorySegment.copy(buffer, offset, buffers, ValueLayout.JAVA_BYTE, (long) slot * Datagrams.LARGEST, length);
        return true;
    }
}
