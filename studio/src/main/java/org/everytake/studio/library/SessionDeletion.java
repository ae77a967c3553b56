package org.everytake.studio.library;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Deletes sessions that have no recordings, and brings them back within {@link Deletion#UNDO}. Then what is known of their
 * people is erased, and the session with it, unless the row of an erased recording still names it. Any thread.
 */
final class SessionDeletion {
    private final Jdbi jdbi;
    private final SessionStore sessions;
    private final InstantSource clock;

    SessionDeletion(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.sessions = new SessionStore(jdbi);
        this.clock = clock;
    }

    /**
     * @return until when it can be brought back
     * @throws Refused {@code has-recordings}
     */
    Instant delete(UUID id) {
        return jdbi.inTransaction(handle -> {
            Instant now = clock.instant();
            sessions.lock(handle, id);
            if (hasRecordings(handle, id)) {
                throw new Refused(
                        ErrorId.HAS_RECORDINGS,
                        "This session has recordings, or had one until a moment ago. Delete them first.");
            }
            sessions.delete(id, now);
            return now.plus(Deletion.UNDO);
        });
    }

    private static boolean hasRecordings(Handle handle, UUID id) {
        return handle.createQuery("select exists (select from recordings where session = :id and erased_at is null)")
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    /** @throws Refused {@code no-such-session} if it is too late */
    Session restore(UUID id) {
        return jdbi.inTransaction(handle -> {
            sessions.lock(handle, id);
            Session session = sessions.findEvenDeleted(id).orElseThrow(Rights::noSuchSession);
            Instant deletedAt = session.deletedAt();
            if (deletedAt == null) {
                return session;
            }
            if (!clock.instant().isBefore(deletedAt.plus(Deletion.UNDO))) {
                throw Rights.noSuchSession();
            }
            sessions.delete(id, null);
            return sessions.find(id).orElseThrow();
        });
    }

    /** Erases what can no longer be brought back. Twice equals once. */
    static void erase(Jdbi jdbi, Instant now) {
        jdbi.useTransaction(handle -> {
            for (String statement : new String[] {
                "delete from session_people where session in (select id from sessions where deleted_at <= :until)",
                "delete from tokens where session in (select id from sessions where deleted_at <= :until)",
                "delete from sessions where deleted_at <= :until"
                        + " and not exists (select from recordings where session = sessions.id)",
                "update sessions set title = '-', title_key = '-', search = '', invitation = null, host = null"
                        + " where deleted_at <= :until and title <> '-'"
            }) {
                handle.createUpdate(statement)
                        .bind("until", Sql.time(now.minus(Deletion.UNDO)))
                        .execute();
            }
        });
    }
}
