package org.everytake.bench.day;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.everytake.vault.Content;
import org.everytake.vault.FolderStore;
import org.everytake.vault.Stored;

/**
 * A spool whose segments go to a store as soon as they are sealed, and are erased from it then. The tape thread only hands
 * them on; a thread of its own ships.
 */
final class ShippedSpool implements AutoCloseable {
    private static final String OBJECTS = "tape/";
    /**
     * The spool goes by the machine's clock, and in stepped time a second of it is some minutes of the day. So a commit is
     * made after a fiftieth of the product's tick, and the size of ten seconds of two small cameras seals a segment.
     */
    private static final SpoolOptions OPTIONS =
            new SpoolOptions(Duration.ofMillis(5), Duration.ofSeconds(10), 200_000, 64L << 20, 512L << 20);

    private final FolderStore store;
    private final ExecutorService shipper = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("shipper").factory());
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Spool spool;

    private ShippedSpool(Path folder) throws IOException, TapeFault {
        store = FolderStore.open(folder.resolve("store"));
        spool = Spool.open(folder.resolve("spool"), OPTIONS, new Sealed());
    }

    /** @param folder of spool and store */
    static ShippedSpool open(Path folder) throws IOException, TapeFault {
        return new ShippedSpool(folder);
    }

    Spool spool() {
        return spool;
    }

    /**
     * Waits until what was sealed is shipped.
     *
     * @return all segments, as the store has them
     * @throws IOException also if the disk failed at any time
     */
    List<SegmentSource> shipped() throws IOException, InterruptedException {
        shipper.shutdown();
        if (!shipper.awaitTermination(10, TimeUnit.MINUTES)) {
            throw new IOException("Shipping does not end");
        }
        check();
        List<SegmentSource> sources = new ArrayList<>();
        for (Stored stored : store.list(OBJECTS)) {
            sources.add(new Shipped(store, stored.name()));
        }
        return sources;
    }

    /** @throws IOException if the disk failed at any time so far */
    void check() throws IOException {
        Exception failed = failure.get();
        if (failed != null) {
            throw new IOException("The tape could not be written: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() {
        spool.close();
        shipper.shutdownNow();
    }

    private void ship(String recording, SealedSegment segment) {
        try {
            String name = OBJECTS + segment.name();
            store.put(name, Content.of(segment.file()));
            if (store.size(name) != segment.sizeBytes()) {
                throw new IOException(name + " has another size in the store");
            }
            spool.erase(recording, segment.name());
        } catch (IOException | TapeFault failed) {
            failure.compareAndSet(null, failed);
        }
    }

    private final class Sealed implements SpoolListener {
        @Override
        public void committed(String recording, int take, long position) {}

        @Override
        public void sealed(String recording, SealedSegment segment) {
            shipper.execute(() -> ship(recording, segment));
        }

        @Override
        public void faulted(String recording, TapeFault fault) {
            failure.compareAndSet(null, fault);
        }

        @Override
        public void recovered(String recording) {}
    }

    /** A segment in the store. */
    private record Shipped(FolderStore store, String object) implements SegmentSource {
        @Override
        public String name() {
            return object.substring(OBJECTS.length());
        }

        @Override
        public SeekableByteChannel open() throws IOException {
            return store.open(object);
        }
    }
}
