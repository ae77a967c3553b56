package org.everytake.tape.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.everytake.tape.read.SegmentSource;
import org.jspecify.annotations.Nullable;

/**
 * A segment that nobody writes to any more.
 *
 * @param ordinal place among the recording's segments, from 1
 * @param file on the spool; its name, {@link #name()}, is the name that it should have in the vault, too
 * @param knownSha256 as computed while it was written; null for a segment that was found on the disk
 */
public record SealedSegment(
        int ordinal, Path file, long sizeBytes, @Nullable String knownSha256) {

    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** Of the whole file, lower-case hexadecimal; reads the file if it is not known. */
    public String sha256() throws IOException {
        if (knownSha256 != null) {
            return knownSha256;
        }
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    /** The segment as something to read from. */
    public SegmentSource source() {
        return SegmentSource.of(file);
    }

    static SealedSegment found(int ordinal, Path file) throws IOException {
        return new SealedSegment(ordinal, file, Files.size(file), null);
    }
}
