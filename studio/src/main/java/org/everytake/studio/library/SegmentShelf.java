package org.everytake.studio.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.everytake.tape.read.SegmentSource;

/**
 * Where sealed segments lie for good: what shipping and reading need of the vault. Segments are sealed by the tape
 * already and are kept verbatim. Any thread; may block.
 */
public interface SegmentShelf {
    /** Puts a copy of the file there, durable when this returns. Once more replaces it. */
    void put(UUID recording, String segment, Path file) throws IOException;

    /** The copy, to be read; that it is there shows when it is opened. */
    SegmentSource source(UUID recording, String segment);

    /** Whether what was put there was compared with what was sent, so that it need not be read back. */
    boolean provesPuts(UUID recording) throws IOException;

    void delete(UUID recording, String segment) throws IOException;
}
