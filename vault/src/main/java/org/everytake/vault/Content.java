package org.everytake.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What goes into an object. Called once, on the thread that puts; what it throws leaves no object behind. */
@FunctionalInterface
public interface Content {
    /** Writes all of it; need not close. */
    void writeTo(OutputStream out) throws IOException;

    static Content of(byte[] bytes) {
        return out -> out.write(bytes);
    }

    static Content of(InputStream in) {
        return in::transferTo;
    }

    static Content of(Path file) {
        return out -> Files.copy(file, out);
    }
}
