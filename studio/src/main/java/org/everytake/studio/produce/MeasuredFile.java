package org.everytake.studio.produce;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is counted and digested on its way. Written by one thread; what was measured is read once it is whole. */
final class MeasuredFile extends FilterOutputStream {
    private final MessageDigest digest = sha256();
    private long sizeBytes;

    /** @param file is not closed here: whoever opened it knows whether it is whole */
    MeasuredFile(OutputStream file) {
        super(file);
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Of all that was written, in lower-case hexadecimal. Ends the measuring. */
    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        digest.update((byte) b);
        sizeBytes++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
        sizeBytes += length;
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
