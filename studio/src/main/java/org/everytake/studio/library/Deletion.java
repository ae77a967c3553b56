package org.everytake.studio.library;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.retention.Holds;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes recordings and brings them back.
 *
 * <pre>
 *   there --delete--> deleted --30 s, nothing works at it--> erasing --> erased
 *     ^                  |
 *     +-----restore------+
 * </pre>
 *
 * <p>To delete hides it and takes its work back, and touches nothing that it has; from erasing on, which is
 * {@link Erasing}, there is no way back. Each arrow takes the recording's row first, so that of two the second sees the
 * first. Any thread.
 */
final class Deletion {
    /** How long it can be brought back. */
    static final Duration UNDO = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final RecordingStore recordings;
    private final RenditionStore renditions;
    private final RenditionMaker maker;
    private final InstantSource clock;

    Deletion(
            Jdbi jdbi,
            RecordingStore recordings,
            RenditionStore renditions,
            RenditionMaker maker,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.recordings = recordings;
        this.renditions = renditions;
        this.maker = maker;
        this.clock = clock;
    }

    /**
     * @return until when it can be brought back
     * @throws Refused {@code still-recording}; {@code on-hold}; {@code no-such-recording} if it was deleted meanwhile
     */
    Instant delete(UUID id) {
        return jdbi.inTransaction(handle -> {
            Instant now = clock.instant();
            Recording recording = recordings
                    .lock(handle, id)
                    .filter(one -> one.deletedAt() == null)
                    .orElseThrow(Deletion::noSuch);
            if (recording.state().isLive()) {
                throw new Refused(ErrorId.STILL_RECORDING, "It is still being recorded. Stop it, then delete it.");
            }
            Holds.refuse(handle, id);
            mark(handle, id, now);
            renditions.of(id).stream()
                    .filter(rendition -> !rendition.state().isSettled())
                    .forEach(rendition -> maker.cancel(rendition.id()));
            return now.plus(UNDO);
        });
    }

    /**
     * Brings it back with all it had, and has that made again which was being made. What was not deleted stays as it is.
     *
     * @throws Refused {@code no-such-recording} if there is none, or it is too late
     */
    Recording restore(UUID id) {
        return jdbi.inTransaction(handle -> {
            Recording recording = recordings
                    .lock(handle, id)
                    .filter(this::canStillBeRestored)
                    .orElseThrow(() -> new Refused(
                            ErrorId.NO_SUCH_RECORDING,
                            "There is no such recording, or it was deleted too long ago to be brought back."));
            if (recording.deletedAt() != null) {
                handle.createUpdate("update recordings set deleted_at = null where id = :id")
                        .bind("id", id)
                        .execute();
                renditions.of(id).stream()
                        .filter(rendition -> !rendition.state().isSettled())
                        .forEach(rendition -> maker.make(rendition.id()));
            }
            return recordings.find(id).orElseThrow();
        });
    }

    /** The clock may have been set back since: what is being erased stays so. */
    private boolean canStillBeRestored(Recording recording) {
        Instant deletedAt = recording.deletedAt();
        return deletedAt == null
                || (recording.erasingAt() == null && clock.instant().isBefore(deletedAt.plus(UNDO)));
    }

    private static void mark(Handle handle, UUID id, Instant now) {
        handle.createUpdate("update recordings set deleted_at = :now where id = :id")
                .bind("now", Sql.time(now))
                .bind("id", id)
                .execute();
    }

    static Refused noSuch() {
        return new Refused(ErrorId.NO_SUCH_RECORDING, "There is no such recording. It may have been deleted.");
    }
}
