package org.everytake.render.raw;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/** Writes an archive, a file after the other, and closes it when it is whole. One thread. */
interface ArchiveWriter extends Closeable {
    /** What a file holds; the same bytes each time it is asked. */
    @FunctionalInterface
    interface Content {
        void into(OutputStream out) throws IOException;
    }

    /**
     * Writes a file.
     *
     * @param path with slashes, ASCII, at most 100 characters after the last slash and 155 before it
     * @throws IOException also if the content is not what was measured
     */
    void file(String path, Measured measured, Content content) throws IOException;
}
