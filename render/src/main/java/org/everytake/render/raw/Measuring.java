package org.everytake.render.raw;

import java.io.OutputStream;
import java.util.zip.CRC32;

/** Measures what is written, and keeps nothing of it. One thread. */
final class Measuring extends OutputStream {
    private final CRC32 crc = new CRC32();
    private long bytes;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        crc.update(from, offset, length);
        bytes += length;
    }

    /** Of all that was written. */
    Measured measured() {
        return new Measured(bytes, crc.getValue());
    }
}
