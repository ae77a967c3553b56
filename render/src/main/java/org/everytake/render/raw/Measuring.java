package org.everytake.render.raw;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Measures what is written, and keeps nothing of it. One thread. */
final class Measuring extends OutputStream {
    private final CRC32 crc = new CRC32();
    private final MessageDigest digest;
    private long bytes;

    Measuring() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        crc.update(from, offset, length);
        digest.update(from, offset, length);
        bytes += length;
    }

    /** Of all that was written. Ends the measuring. */
    Measured measured() {
        return new Measured(bytes, crc.getValue(), HexFormat.of().formatHex(digest.digest()));
    }
}
