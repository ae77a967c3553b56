package org.everytake.wire.bytes;

import org.everytake.wire.Malformed;

/** Reads bits from the left of a stretch of bytes. Owned by whoever made it. */
public final class BitReader {
    private final String what;
    private final byte[] buffer;
    private final int start;
    private final long end;
    private long at;

    /** @param what the thing that is being read, for {@link Malformed} */
    public BitReader(String what, byte[] buffer, int offset, int length) {
        this.what = what;
        this.buffer = buffer;
        this.start = offset;
        this.at = 8L * offset;
        this.end = 8L * (offset + length);
    }

    /** An unsigned number of up to 32 bits. */
    public long u(int bits) throws Malformed {
        if (bits > end - at) {
            throw new Malformed(what, (int) (at / 8 - start), "cut off");
        }
        long value = 0;
        for (int i = 0; i < bits; i++, at++) {
            value = value << 1 | buffer[(int) (at >>> 3)] >>> 7 - (int) (at & 7) & 1;
        }
        return value;
    }

    /** A number of up to 31 bits. */
    public int i(int bits) throws Malformed {
        return (int) u(bits);
    }

    public boolean flag() throws Malformed {
        return u(1) != 0;
    }

    public void skip(int bits) throws Malformed {
        u(bits);
    }

    /** Unsigned Exp-Golomb code (H.264, section 9.1; AV1's {@code uvlc}), 0 to 2^32-2. */
    public long ue() throws Malformed {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > 31) {
                throw new Malformed(what, (int) (at / 8 - start), "no such number");
            }
        }
        return (1L << zeros) - 1 + u(zeros);
    }

    /** Signed Exp-Golomb code (H.264, section 9.1.1). */
    public long se() throws Malformed {
        long code = ue();
        return (code & 1) != 0 ? (code + 1) / 2 : -(code / 2);
    }

    /** Non-symmetric unsigned number below {@code count} (AV1, section 4.10.7). */
    public int ns(int count) throws Malformed {
        int width = 32 - Integer.numberOfLeadingZeros(count);
        int shorter = (1 << width) - count;
        int value = i(width - 1);
        return value < shorter ? value : (value << 1) - shorter + i(1);
    }
}
