package org.everytake.vault;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** A store for tests that does what another does, but for what a test overrides. */
public class ThroughStore implements Store {
    protected final Store store;

    public ThroughStore(Store store) {
        this.store = store;
    }

    /** One that can be read and does not delete. */
    public static Store thatDoesNotDelete(Store store) {
        return new ThroughStore(store) {
            @Override
            public boolean delete(String name) throws IOException {
                throw new IOException("The store is away.");
            }
        };
    }

    @Override
    public void put(String name, Content content) throws IOException {
        store.put(name, content);
    }

    @Override
    public SeekableByteChannel open(String name) throws IOException {
        return store.open(name);
    }

    @Override
    public long size(String name) throws IOException {
        return store.size(name);
    }

    @Override
    public List<Stored> list(String prefix) throws IOException {
        return store.list(prefix);
    }

    @Override
    public boolean delete(String name) throws IOException {
        return store.delete(name);
    }
}
