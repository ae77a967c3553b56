package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Named intermediate media of one render: written once from front to back, closed, then read as often as needed.
 * Whoever implements this decides where they lie, and seals them if that is a disk. Safe for several threads on
 * different names.
 */
public interface Pieces {
    /** Opens {@code name} for writing; what was there under this name is gone. */
    OutputStream create(String name) throws IOException;

    InputStream open(String name) throws IOException;

    /** Whether {@code name} is there, whole: perhaps from an earlier try of the very same render, which was cut short. */
    default boolean has(String name) {
        return false;
    }
}
