package org.everytake.studio.library.retention;

import java.time.Instant;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;

/** Legal holds. Joins the caller's transaction, which must have taken the recording's row where it matters. */
public final class Holds {
    private Holds() {}

    /** Puts one; false if there was one, which stays as it is. */
    static boolean put(Handle handle, UUID recording, String by, Instant now) {
        return handle.createUpdate("""
                        update recordings set held_at = :now, held_by = :by
                        where id = :id and held_at is null and deleted_at is null
                        """)
                        .bind("now", Sql.time(now))
                        .bind("by", by)
                        .bind("id", recording)
                        .execute()
                == 1;
    }

    /** Lifts it; false if there was none. */
    static boolean lift(Handle handle, UUID recording) {
        return handle.createUpdate("update recordings set held_at = null, held_by = null"
                                + " where id = :id and held_at is not null")
                        .bind("id", recording)
                        .execute()
                == 1;
    }

    /** @throws Refused {@code on-hold} */
    public static void refuse(Handle handle, UUID recording) {
        boolean held = handle.createQuery("select held_at is not null from recordings where id = :id")
                .bind("id", recording)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
        if (held) {
            throw new Refused(
                    ErrorId.ON_HOLD,
                    "A legal hold is on this recording, so nothing of it is deleted. An admin or a manager can lift it.");
        }
    }
}
