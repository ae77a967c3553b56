package org.everytake.vault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Named objects, sealed or verbatim, in a store. Plaintext of a sealed object never reaches the store, nor a disk. May be
 * used from any thread.
 */
public final class Vault {
    private final Store store;

    public Vault(Store store) {
        this.store = store;
    }

    /** Keeps an object; durable, and whole or not at all, as {@link Store#put} says. */
    public void put(String name, Sealing sealing, Content content) throws IOException {
        switch (sealing) {
            case Sealing.Verbatim verbatim -> store.put(name, content);
            case Sealing.Sealed sealed -> {
                ObjectSeal seal = new ObjectSeal(sealed.key());
                store.put(name, out -> {
                    OutputStream box = seal.seal(name, out);
                    content.writeTo(box);
                    // not in a finally: what failed must not get a valid end
                    box.close();
                });
            }
        }
    }

    /**
     * What is in an object, at position 0; the caller closes it. Reading a range of a sealed object opens no more than the
     * frames it lies in; a frame that was changed is an {@link IOException}.
     *
     * @param sealing as it was put
     * @throws NoSuchObject if there is none
     */
    public SeekableByteChannel open(String name, Sealing sealing) throws IOException {
        SeekableByteChannel stored = store.open(name);
        return switch (sealing) {
            case Sealing.Verbatim verbatim -> stored;
            case Sealing.Sealed sealed -> new ObjectSeal(sealed.key()).open(name, stored);
        };
    }

    /** How long that is which is in an object. */
    public long size(String name, Sealing sealing) throws IOException {
        try (SeekableByteChannel channel = open(name, sealing)) {
            return channel.size();
        }
    }

    /** Every object whose name begins so, by name, with the size it has in the store. */
    public List<Stored> list(String prefix) throws IOException {
        return store.list(prefix);
    }

    /** As {@link Store#provesPuts}. */
    public boolean provesPuts() {
        return store.provesPuts();
    }

    /** Deletes an object, durably; false if there was none. */
    public boolean delete(String name) throws IOException {
        return store.delete(name);
    }
}
