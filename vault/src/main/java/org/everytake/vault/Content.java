package org.everytake.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What goes into an object. Called once, on the thread that puts; what it throws leaves no object behind. */
@FunctionalInterface
public interface Content {
    /** Writes all of it; need not close. */
    void writeTo(OutputStream out) throws IOException;

    /** The file that holds just this, and to which nobody writes any more; null if there is none. */
    default @Nullable Path file() {
        return null;
    }

    static Content of(byte[] bytes) {
        return out -> out.write(bytes);
    }

    static Content of(InputStream in) {
        return in::transferTo;
    }

    /** A file to which nobody writes any more: a store may keep it in place of a copy. */
    static Content of(Path file) {
        return new Content() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                Files.copy(file, out);
            }

            @Override
            public Path file() {
                return file;
            }
        };
    }
}
