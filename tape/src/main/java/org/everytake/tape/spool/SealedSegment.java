package org.everytake.tape.spool;

import java.nio.file.Path;
import org.everytake.tape.read.SegmentSource;

/**
 * A segment that nobody writes to any more.
 *
 * @param ordinal place among the recording's segments, from 1
 * @param file on the spool; its name, {@link #name()}, is the name that it should have in the vault, too
 * @param sha256 of the whole file, lower-case hexadecimal
 */
public record SealedSegment(int ordinal, Path file, long sizeBytes, String sha256) {

    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** The segment as something to read from. */
    public SegmentSource source() {
        return SegmentSource.of(file);
    }
}
