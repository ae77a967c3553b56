package org.everytake.studio.library;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;
import org.everytake.vault.StoreFault;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases what was deleted and not brought back in time: its keys, its tape on the spool, what it has in the vault, and
 * all facts but the row that says when. That it is being erased is durable before anything is touched, so that a crash in
 * between is followed by more erasing and never by a recording of which half is gone. Twice equals once.
 */
public final class Erasing {
    private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int BATCH = 100;

    private final Jdbi jdbi;
    private final RecordingStore recordings;
    private final RenditionStore renditions;
    private final JobQueue jobs;
    private final Spool spool;
    private final VaultShelf shelf;
    private final InstantSource clock;

    public Erasing(Jdbi jdbi, JobQueue jobs, Spool spool, VaultShelf shelf, InstantSource clock) {
        this.jdbi = jdbi;
        this.recordings = new RecordingStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.jobs = jobs;
        this.spool = spool;
        this.shelf = shelf;
        this.clock = clock;
    }

    /** The work that repeats by itself. */
    public JobKind kind() {
        return JobKind.every("recordings.erase", EVERY, this::eraseAll);
    }

    /** Each by itself: one that cannot be erased holds up no other, and a store that is away is asked once. */
    private void eraseAll(Job job) {
        Set<UUID> away = new HashSet<>();
        SessionDeletion.erase(jdbi, clock.instant());
        for (UUID id : recordings.toErase(clock.instant().minus(Deletion.UNDO), BATCH)) {
            if (job.cancelled()) {
                return;
            }
            try {
                if (begin(id)) {
                    erase(id, away);
                }
            } catch (StoreFault e) {
                // Whoever watches the store has logged why, once.
                LOG.debug("Recording {} could not be erased, and will be tried again", id, e);
                recordings.storeOf(id).filter(store -> e.isOfWholeStore()).ifPresent(away::add);
            } catch (IOException | TapeFault | RuntimeException e) {
                LOG.warn("Recording {} could not be erased, and will be tried again", id, e);
            }
        }
    }

    /**
     * False if it was brought back, or a worker that was told to leave off has not yet: then later. What waits is taken
     * back: a picture that is made of a film whose key is being destroyed would get a key of its own.
     */
    private boolean begin(UUID id) {
        return jdbi.inTransaction(handle -> {
            boolean due = recordings.lock(handle, id).filter(this::timeIsUp).isPresent();
            List<String> subjects = renditions.of(id).stream()
                    .map(rendition -> rendition.id().toString())
                    .toList();
            if (!due || !jobs.withdraw(subjects)) {
                return false;
            }
            handle.createUpdate("update recordings set erasing_at = coalesce(erasing_at, :now) where id = :id")
                    .bind("now", Sql.time(clock.instant()))
                    .bind("id", id)
                    .execute();
            return true;
        });
    }

    private boolean timeIsUp(Recording recording) {
        Instant deletedAt = recording.deletedAt();
        return deletedAt != null && !clock.instant().isBefore(deletedAt.plus(Deletion.UNDO));
    }

    /** The keys first: without them nothing can be read, even if the store is away for days. */
    private void erase(UUID id, Set<UUID> away) throws IOException, TapeFault {
        shelf.destroyKeys(id);
        spool.erase(id.toString());
        if (recordings.storeOf(id).filter(away::contains).isPresent()) {
            return;
        }
        shelf.deleteAll(id, renditions.copies(id).values());
        jdbi.useTransaction(handle -> {
            for (String table :
                    List.of("segments", "renditions", "takes", "companions", "recording_people", "recording_viewers")) {
                handle.createUpdate("delete from " + table + " where recording = :id")
                        .bind("id", id)
                        .execute();
            }
            handle.createUpdate("""
                            update recordings set erased_at = :now, search = '', thumbnail = null,
                                thumbnail_bytes = null
                            where id = :id
                            """)
                    .bind("now", Sql.time(clock.instant()))
                    .bind("id", id)
                    .execute();
        });
        LOG.info("Recording {} is erased", id);
    }
}
