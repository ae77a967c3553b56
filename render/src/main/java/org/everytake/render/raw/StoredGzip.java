package org.everytake.render.raw;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * The frame of gzip (RFC 1952) without its packing: media cannot be packed any smaller, so each block is a stored one (RFC
 * 1951, 3.2.4). Closes what it writes to. One thread.
 */
final class StoredGzip extends FilterOutputStream {
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int MOST_STORED = 0xFFFF;
    private static final int BLOCK_HEADER = 5;

    private final CRC32 crc = new CRC32();
    private final byte[] block = new byte[BLOCK_HEADER + MOST_STORED];
    private int stored;
    private long bytes;

    StoredGzip(OutputStream out) throws IOException {
        super(out);
        out.write(HEADER);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        crc.update(from, offset, length);
        bytes += length;
        for (int done = 0; done < length; ) {
            if (stored == MOST_STORED) {
                block(false);
            }
            int some = Math.min(length - done, MOST_STORED - stored);
            System.arraycopy(from, offset + done, block, BLOCK_HEADER + stored, some);
            stored += some;
            done += some;
        }
    }

    @Override
    public void flush() throws IOException {
        if (stored > 0) {
            block(false);
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        block(true);
        byte[] trailer = new byte[8];
        littleEndian(trailer, 0, 4, crc.getValue());
        littleEndian(trailer, 4, 4, bytes);
        out.write(trailer);
        out.close();
    }

    private void block(boolean last) throws IOException {
        block[0] = (byte) (last ? 1 : 0);
        littleEndian(block, 1, 2, stored);
        littleEndian(block, 3, 2, ~stored);
        out.write(block, 0, BLOCK_HEADER + stored);
        stored = 0;
    }

    private static void littleEndian(byte[] into, int at, int count, long value) {
        for (int i = 0; i < count; i++) {
            into[at + i] = (byte) (value >>> 8 * i);
        }
    }
}
