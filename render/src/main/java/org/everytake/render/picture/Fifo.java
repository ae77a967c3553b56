package org.everytake.render.picture;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A named pipe from here into a child. The writing side is one thread's; opening waits until the child opens the other
 * end, or until {@link #release} from any thread.
 */
final class Fifo {
    private final Path path;

    Fifo(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    OutputStream open() throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.WRITE), 1 << 16);
    }

    /** Frees a writer that waits for a child which will never open its end, by opening it for a moment. */
    void release() throws IOException {
        new RandomAccessFile(path.toFile(), "rw").close();
    }
}
