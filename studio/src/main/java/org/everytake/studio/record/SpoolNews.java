package org.everytake.studio.record;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.SpoolListener;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the tape thread tells to the recording that it concerns, and sealed segments to whoever ships them. Called
 * on the tape thread, which waits for nobody: watchers and shipper only take note.
 */
public final class SpoolNews implements SpoolListener {

    /** A recording that is being written. Called on the tape thread. */
    interface Watcher {
        void committed(int take, long position);

        void sealed(SealedSegment segment);

        void faulted(TapeFault fault);

        void recovered();
    }

    private final ConcurrentHashMap<String, Watcher> watchers = new ConcurrentHashMap<>();
    private volatile @Nullable BiConsumer<String, SealedSegment> shipper;

    void watch(String recording, Watcher watcher) {
        watchers.put(recording, watcher);
    }

    void forget(String recording) {
        watchers.remove(recording);
    }

    /** Who takes sealed segments to the vault; before anything is recorded. */
    public void shipTo(BiConsumer<String, SealedSegment> consumer) {
        shipper = consumer;
    }

    @Override
    public void committed(String recording, int take, long position) {
        Watcher watcher = watchers.get(recording);
        if (watcher != null) {
            watcher.committed(take, position);
        }
    }

    @Override
    public void sealed(String recording, SealedSegment segment) {
        Watcher watcher = watchers.get(recording);
        if (watcher != null) {
            watcher.sealed(segment);
        }
        BiConsumer<String, SealedSegment> consumer = shipper;
        if (consumer != null) {
            consumer.accept(recording, segment);
        }
    }

    @Override
    public void faulted(String recording, TapeFault fault) {
        Watcher watcher = watchers.get(recording);
        if (watcher != null) {
            watcher.faulted(fault);
        }
    }

    @Override
    public void recovered(String recording) {
        Watcher watcher = watchers.get(recording);
        if (watcher != null) {
            watcher.recovered();
        }
    }
}
