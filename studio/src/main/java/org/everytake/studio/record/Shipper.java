package org.everytake.studio.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.Segment;
import org.everytake.studio.library.SegmentShelf;
import org.everytake.studio.library.SegmentStore;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.everytake.vault.StoreFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings sealed segments from the spool to the vault while the call goes on, and erases them from the spool a day after
 * the vault has been seen to have them. The ledger in the database says what is still to do, so a crash, or a store that
 * is away for days, loses nothing.
 *
 * <p>The tape thread only leaves a note; a thread of this one's own enters it in the ledger, and each store has a
 * {@link Lane}, so that neither rendering nor another store holds it up.
 */
public final class Shipper implements BiConsumer<String, SealedSegment>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
    private static final int BATCH = 1_000;
    private static final Duration IDLE_LOOK = Duration.ofSeconds(30);
    private static final Duration TIME_TO_END = Duration.ofSeconds(5);

    /** What lies in the inbox. */
    private sealed interface Note {
        record Sealed(String recording, SealedSegment segment) implements Note {}

        record Look() implements Note {}

        record End() implements Note {}
    }

    private final Spool spool;
    private final SegmentShelf shelf;
    private final SegmentStore segments;
    private final InstantSource clock;
    private final Duration firstPause;
    private final Duration keptAfterwards;
    private final LinkedBlockingQueue<Note> inbox = new LinkedBlockingQueue<>();
    private final Map<Optional<UUID>, Lane> lanes = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().name("shipper").daemon().unstarted(this::run);

    /**
     * @param firstPause after a failure; doubles up to a minute
     * @param keptAfterwards how long the spool keeps what the vault has
     */
    public Shipper(
            Spool spool,
            SegmentShelf shelf,
            SegmentStore segments,
            InstantSource clock,
            Duration firstPause,
            Duration keptAfterwards) {
        this.spool = spool;
        this.shelf = shelf;
        this.segments = segments;
        this.clock = clock;
        this.firstPause = firstPause;
        this.keptAfterwards = keptAfterwards;
    }

    /** Begins with what earlier runs left. */
    public void start() {
        inbox.add(new Note.Look());
        thread.start();
    }

    @Override
    public void accept(String recording, SealedSegment segment) {
        inbox.add(new Note.Sealed(recording, segment));
    }

    /** Erases from the spool what the vault has had for long enough. */
    public JobKind erasing() {
        return JobKind.every("tape.erase", Duration.ofMinutes(10), job -> erase());
    }

    private void run() {
        Duration pause = firstPause;
        boolean waiting = false;
        try {
            while (true) {
                // Without a note, too, the ledger is looked at: it may have been filled by others.
                Note note = inbox.poll((waiting ? pause : IDLE_LOOK).toMillis(), TimeUnit.MILLISECONDS);
                if (note instanceof Note.End) {
                    return;
                }
                boolean allWell = note instanceof Note.Sealed arrived ? enter(arrived) : true;
                if (inbox.isEmpty()) {
                    allWell &= wakeLanes();
                }
                waiting = !allWell;
                pause = allWell ? firstPause : Lane.longer(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Wakes those to whose stores there is something to ship. */
    private boolean wakeLanes() {
        try {
            for (Optional<UUID> store : segments.storesToShipTo()) {
                lanes.computeIfAbsent(store, this::lane).wake();
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("The ledger of segments cannot be read", e);
            return false;
        }
    }

    private Lane lane(Optional<UUID> store) {
        String name = "shipper-" + store.map(UUID::toString).orElse("folder");
        return Lane.start(name, lane -> shipAll(store, lane), firstPause);
    }

    /** False if the ledger could not take it: then the note is put back. */
    private boolean enter(Note.Sealed note) {
        SealedSegment segment = note.segment();
        try {
            segments.sealed(UUID.fromString(note.recording()), segment.name(), segment.sizeBytes(), clock.instant());
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Segment {} of recording {} is not in the ledger yet", segment.name(), note.recording(), e);
            inbox.add(note);
            return false;
        }
    }

    /**
     * Each by itself: one that cannot be shipped holds up no other, unless the store itself is what ails. False if any is
     * left.
     */
    private boolean shipAll(Optional<UUID> store, Lane lane) {
        try {
            boolean all = true;
            while (all && !lane.ending()) {
                List<Segment> batch = segments.toShip(store, BATCH);
                if (batch.isEmpty()) {
                    return true;
                }
                all = ship(batch, lane);
            }
            return false;
        } catch (StoreFault e) {
            // Whoever watches the store has logged it, once.
            LOG.debug("What is recorded waits for its store", e);
            return false;
        } catch (RuntimeException e) {
            LOG.warn("The ledger of segments cannot be read", e);
            return false;
        }
    }

    /** Two at a time: while the store thinks about one, the other is on its way. */
    private boolean ship(List<Segment> batch, Lane lane) throws StoreFault {
        Queue<Segment> left = new ConcurrentLinkedQueue<>(batch);
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        Thread unused = Thread.ofVirtual().name("shipper-other").start(() -> shipOneByOne(left, lane, other));
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        shipOneByOne(left, lane, mine);
        try {
            // both have ended before anybody looks at the ledger again
            return CompletableFuture.allOf(mine, other)
                    .thenApply(ended -> mine.join() && other.join())
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreFault fault) {
                throw fault;
            }
            throw e;
        }
    }

    private void shipOneByOne(Queue<Segment> left, Lane lane, CompletableFuture<Boolean> all) {
        try {
            boolean well = true;
            for (Segment next = left.poll(); next != null; next = left.poll()) {
                if (lane.ending()) {
                    well = false;
                    break;
                }
                well &= shipped(next);
            }
            all.complete(well);
        } catch (StoreFault | RuntimeException | Error e) {
            left.clear(); // nor will the other fare better
            all.completeExceptionally(e);
        }
    }

    /** @throws StoreFault if no other will fare better */
    private boolean shipped(Segment segment) throws StoreFault {
        try {
            ship(segment);
            return true;
        } catch (StoreFault e) {
            if (e.isOfWholeStore()) {
                throw e;
            }
            LOG.warn("Segment {} of recording {} could not be shipped", segment.name(), segment.recording(), e);
            return false;
        } catch (IOException | TapeFault | RuntimeException e) {
            LOG.warn("Segment {} of recording {} could not be shipped", segment.name(), segment.recording(), e);
            return false;
        }
    }

    private void ship(Segment segment) throws IOException, TapeFault {
        Optional<SealedSegment> file = spool.segments(segment.recording().toString()).stream()
                .filter(one -> one.name().equals(segment.name()))
                .findFirst();
        String expected = file.isPresent() ? file.get().sha256() : null;
        if (file.isPresent()) {
            shelf.put(segment.recording(), segment.name(), file.get().file());
        }
        if (file.isEmpty() || !shelf.provesPuts(segment.recording())) {
            verify(segment, expected);
        }
        if (!segments.shipped(segment.recording(), segment.name(), clock.instant())) {
            // Its recording was erased while it was under way.
            shelf.delete(segment.recording(), segment.name());
        }
    }

    /** Reads back what the vault has: only what was seen there may ever be erased here. */
    private void verify(Segment segment, @Nullable String expected) throws IOException {
        MessageDigest digest = sha256();
        long bytes;
        try (var channel = shelf.source(segment.recording(), segment.name()).open();
                InputStream in = new DigestInputStream(Channels.newInputStream(channel), digest)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (bytes != segment.sizeBytes() || (expected != null && !expected.equals(found))) {
            throw new IOException("The vault's copy of segment " + segment.name() + " of recording "
                    + segment.recording() + " is not what was shipped.");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void erase() throws TapeFault {
        for (Segment segment : segments.toErase(clock.instant().minus(keptAfterwards), BATCH)) {
            spool.erase(segment.recording().toString(), segment.name());
            segments.erased(segment.recording(), segment.name(), clock.instant());
        }
    }

    /** Ends after the segments under way; the next start goes on. */
    @Override
    public void close() {
        inbox.clear();
        inbox.add(new Note.End());
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(TIME_TO_END);
            lanes.values().forEach(Lane::end);
            for (Lane lane : lanes.values()) {
                lane.join(TIME_TO_END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
