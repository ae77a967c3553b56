package org.everytake.studio.storage;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.everytake.vault.Content;
import org.everytake.vault.Store;
import org.everytake.vault.StoreFault;
import org.everytake.vault.Stored;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store of which it is known how it does: what ails it is remembered until it does again what it is asked, and logged
 * once, however often it is met. Any thread.
 */
final class WatchedStore implements Store {
    private static final Logger log = LoggerFactory.getLogger(WatchedStore.class);

    private final Store store;
    private final String name;
    private final InstantSource clock;
    private @Nullable Trouble trouble;

    /** @param name what the log calls it */
    WatchedStore(Store store, String name, InstantSource clock) {
        this.store = store;
        this.name = name;
        this.clock = clock;
    }

    /**
     * What ails a store.
     *
     * @param sentence what happened, why, and what to do
     */
    record Trouble(String sentence, Instant since) {}

    private interface Request<T> {
        T send() throws IOException;
    }

    /** Null if it does what it is asked. */
    synchronized @Nullable Trouble trouble() {
        return trouble;
    }

    private <T> T watched(Request<T> request) throws IOException {
        try {
            T answer = request.send();
            well();
            return answer;
        } catch (StoreFault e) {
            if (e.isOfWholeStore()) {
                ill(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private synchronized void well() {
        if (trouble != null) {
            log.info("The {} does again what it is asked", name);
            trouble = null;
        }
    }

    private synchronized void ill(String sentence) {
        Trouble before = trouble;
        if (before == null || !before.sentence().equals(sentence)) {
            log.warn("{} Until then what is recorded stays on this machine.", sentence);
        }
        trouble = new Trouble(sentence, before == null ? clock.instant() : before.since());
    }

    @Override
    public void put(String object, Content content) throws IOException {
        watched(() -> {
            store.put(object, content);
            return true;
        });
    }

    @Override
    public SeekableByteChannel open(String object) throws IOException {
        return watched(() -> store.open(object));
    }

    @Override
    public long size(String object) throws IOException {
        return watched(() -> store.size(object));
    }

    @Override
    public List<Stored> list(String prefix) throws IOException {
        return watched(() -> store.list(prefix));
    }

    @Override
    public boolean provesPuts() {
        return store.provesPuts();
    }

    @Override
    public boolean delete(String object) throws IOException {
        return watched(() -> store.delete(object));
    }
}
