package org.everytake.render.raw;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of each file of an archive, summed while it is written, in the form that {@code sha256sum --check} reads. It is
 * the archive's last file, because it is known only then. One thread.
 */
final class Sums {
    static final String NAME = "SHA256SUMS";

    private final StringBuilder lines = new StringBuilder();

    /**
     * Writes a file, and sums it.
     *
     * @param folder of the archive, with a slash at its end
     */
    void file(ArchiveWriter archive, String folder, String name, Measured measured, ArchiveWriter.Content content)
            throws IOException {
        MessageDigest digest = digest();
        archive.file(folder + name, measured, out -> content.into(new DigestOutputStream(out, digest)));
        lines.append(HexFormat.of().formatHex(digest.digest()))
                .append("  ")
                .append(name)
                .append('\n');
    }

    /** Writes the sums of all files so far. */
    void write(ArchiveWriter archive, String folder) throws IOException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.US_ASCII);
        Measuring measuring = new Measuring();
        measuring.write(bytes, 0, bytes.length);
        archive.file(folder + NAME, measuring.measured(), (OutputStream out) -> out.write(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
