package org.everytake.vault;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Keeps named bytes. Names are parts of letters, digits, dots, hyphens and underscores with slashes between; every other
 * name is an {@link IllegalArgumentException}. May be used from any thread.
 */
public interface Store {

    /**
     * Keeps an object, in place of one that was there. When this returns it is durable; until then readers see what was
     * there before, and after a failure or a power cut that or the new one, never a part.
     */
    void put(String name, Content content) throws IOException;

    /**
     * The object's bytes, at position 0; the caller closes it. If the object is replaced or deleted meanwhile, what is read
     * is still of the one that was opened, or an {@link IOException} where the store keeps no such thing. Each read gives
     * as many bytes as there is room for, as long as there are any: whoever opens seals takes fewer for the end.
     *
     * @throws NoSuchObject if there is none
     */
    SeekableByteChannel open(String name) throws IOException;

    /** @throws NoSuchObject if there is none */
    long size(String name) throws IOException;

    /** Every object whose name begins so, by name. */
    List<Stored> list(String prefix) throws IOException;

    /** Whether a put compares what the store then has with what was sent, so that nobody needs to read it back. */
    default boolean provesPuts() {
        return false;
    }

    /** Deletes an object, durably; false if there was none. */
    boolean delete(String name) throws IOException;
}
