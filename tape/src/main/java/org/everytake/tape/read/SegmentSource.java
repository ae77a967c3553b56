package org.everytake.tape.read;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Somewhere to read one segment from: a file of the spool or an object of the vault. */
public interface SegmentSource {

    /** The segment's file name as the spool gave it; it says whether the segment was sealed, cut, or is still open. */
    String name();

    /** A new channel at position 0; the caller closes it. */
    SeekableByteChannel open() throws IOException;

    static SegmentSource of(Path file) {
        return new SegmentSource() {
            @Override
            public String name() {
                return String.valueOf(file.getFileName());
            }

            @Override
            public SeekableByteChannel open() throws IOException {
                return Files.newByteChannel(file, StandardOpenOption.READ);
            }

            @Override
            public String toString() {
                return file.toString();
            }
        };
    }
}
