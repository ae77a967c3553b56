package org.everytake.studio.produce;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.Renderer;
import org.everytake.render.live.Followed;
import org.everytake.render.live.PieceSink;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.library.Film;
import org.everytake.studio.library.FilmStore;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.TapeTail;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes films of everybody while their recordings go on, a thread each and as many as there are cores: what runs beyond that
 * is composed afterwards. Pieces lie in the vault as soon as they are made, so whoever goes on with a film, after a crash or
 * at its recording's end, makes only what is missing. Any thread.
 */
public final class Films implements AutoCloseable {
    static final Preset PRESET = Preset.COMPOSITE;
    static final String ERASE = "films.erase";

    private static final Logger LOG = LoggerFactory.getLogger(Films.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(30);
    private static final Duration TIME_TO_END = Duration.ofSeconds(5);

    /** Whoever watches pieces when the file is there may go on for so long. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** The pieces that are there do not fit to those that would follow: another FFmpeg made them. */
    static final class Unfit extends IOException {
        private static final long serialVersionUID = 1;

        Unfit(UUID recording) {
            super("The pieces of the film of " + recording + " begin otherwise than they would now.");
        }
    }

    private final FilmStore store;
    private final RecordingStore recordings;
    private final TapeShelf tapes;
    private final VaultShelf shelf;
    private final Renderer renderer;
    private final InstantSource clock;
    private final int most = Runtime.getRuntime().availableProcessors();
    private final Map<UUID, CompletableFuture<Followed>> running = new ConcurrentHashMap<>();
    /** Those that cannot be made while they go on; few, and forgotten with the process. */
    private final Set<UUID> leftForLater = ConcurrentHashMap.newKeySet();

    private final Thread looking = Thread.ofPlatform().name("films").daemon().unstarted(this::look);
    private volatile boolean ending;

    Films(Jdbi jdbi, TapeShelf tapes, VaultShelf shelf, Renderer renderer, InstantSource clock) {
        this.store = new FilmStore(jdbi);
        this.recordings = new RecordingStore(jdbi);
        this.tapes = tapes;
        this.shelf = shelf;
        this.renderer = renderer;
        this.clock = clock;
    }

    /** Begins to look for recordings that run. */
    public void start() {
        looking.start();
    }

    private void look() {
        try {
            while (!ending) {
                try {
                    store.toFollow().forEach(this::follow);
                } catch (RuntimeException e) {
                    LOG.warn("Which recordings run cannot be found out", e);
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(UUID recording) {
        if (running.size() >= most || running.containsKey(recording) || leftForLater.contains(recording)) {
            return;
        }
        CompletableFuture<Followed> film = new CompletableFuture<>();
        running.put(recording, film);
        Thread.ofPlatform().name("film-" + recording).daemon().start(() -> {
            try (var context = MDC.putCloseable("recording", recording.toString())) {
                Progress whileWanted = progress(() -> ending || isGone(recording));
                film.complete(make(recording, () -> !isWritten(recording), whileWanted));
            } catch (CancellationException e) {
                film.completeExceptionally(e);
            } catch (RenderFault | TapeFault e) {
                LOG.warn("The film is made when the recording is over", e);
                leftForLater.add(recording);
                film.completeExceptionally(e);
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOG.warn("The film waits", e);
                film.completeExceptionally(e);
                pause();
            } finally {
                running.remove(recording);
            }
        });
    }

    private void pause() {
        try {
            for (long left = PAUSE_AFTER_FAILURE.toSeconds(); left > 0 && !ending; left--) {
                Thread.sleep(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Progress progress(BooleanSupplier cancelled) {
        return new Progress() {
            @Override
            public void at(double fraction) {}

            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean();
            }
        };
    }

    private boolean isGone(UUID recording) {
        return recordings.find(recording).isEmpty();
    }

    private boolean isWritten(UUID recording) {
        return recordings
                .find(recording)
                .map(found -> found.state() == RecordingState.RECORDING || found.state() == RecordingState.STOPPING)
                .orElse(false);
    }

    /** What is missing of a film, from its first piece that is not there. */
    private Followed make(UUID recording, BooleanSupplier whole, Progress progress)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        int there = store.find(recording).map(film -> film.pieces().size()).orElse(0);
        try (TapeTail tape = tapes.follow(recording)) {
            Followed film = renderer.follow(tape, whole, PRESET, sink(recording), there, progress);
            store.over(recording);
            LOG.info(
                    "The film of recording {} has {} pieces, {} of them new",
                    recording,
                    film.pieces(),
                    film.pieces() - there);
            return film;
        }
    }

    private PieceSink sink(UUID recording) {
        return new PieceSink() {
            @Override
            public void beginning(byte[] bytes) throws IOException {
                if (!store.begun(recording, bytes)) {
                    throw new Unfit(recording);
                }
            }

            @Override
            public void piece(int number, long durationNanos, byte[] bytes) throws IOException {
                shelf.putRendition(recording, VaultShelf.pieceObject(recording, number), out -> out.write(bytes));
                store.add(recording, number, new Film.Piece(durationNanos, bytes.length));
            }
        };
    }

    /** Whether a film was begun, or is waited for by somebody who wants to watch at once. */
    boolean has(UUID recording) {
        return running.containsKey(recording)
                || store.isAskedFor(recording)
                || store.find(recording).isPresent();
    }

    /** Waits for whoever is at the film, or makes what is missing; the tape must be whole. */
    Followed complete(UUID recording, Progress progress)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        CompletableFuture<Followed> film = running.get(recording);
        while (film != null) {
            if (progress.cancelled()) {
                throw new CancellationException("Cancelled");
            }
            try {
                return film.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.trace("The film of recording {} is being made", recording);
            } catch (ExecutionException | CancellationException e) {
                LOG.debug("Who made the film of recording {} left off", recording, e);
                film = null;
            }
        }
        return make(recording, () -> true, progress);
    }

    /** The pieces that are there, to be put together. */
    Renderer.FilmPieces pieces(UUID recording) {
        return new Renderer.FilmPieces() {
            @Override
            public byte[] beginning() throws IOException {
                Optional<Film> film = store.find(recording);
                return film.orElseThrow(() -> new IOException("The film of " + recording + " is gone."))
                        .beginning();
            }

            @Override
            public byte[] piece(int number) throws IOException {
                try (InputStream in = shelf.openRendition(recording, VaultShelf.pieceObject(recording, number))) {
                    return in.readAllBytes();
                }
            }
        };
    }

    /** Forgets a film and its pieces; they go first, so that what was left is found again. Twice equals once. */
    void erase(UUID recording) throws IOException {
        shelf.deleteFilm(recording);
        store.forget(recording);
    }

    /** Erases what nobody watches any more, because the file is there. */
    JobKind kind() {
        return JobKind.every(ERASE, Duration.ofMinutes(10), job -> {
            for (UUID recording : store.toErase(clock.instant().minus(KEPT))) {
                erase(recording);
            }
        });
    }

    /** Leaves off; the next start goes on. */
    @Override
    public void close() {
        ending = true;
        if (looking.getState() == Thread.State.NEW) {
            return;
        }
        looking.interrupt();
        try {
            looking.join(TIME_TO_END);
            for (CompletableFuture<Followed> film : running.values()) {
                film.get(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CancellationException | TimeoutException e) {
            LOG.debug("A film was left off", e);
        }
    }
}
