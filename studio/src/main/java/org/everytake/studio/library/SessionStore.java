package org.everytake.studio.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The sessions. Any thread may use it; within a transaction of the caller's thread it joins that. */
public final class SessionStore {
    private final Jdbi jdbi;

    public SessionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public void create(String id, String title, Instant createdAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into sessions (id, organisation, title, created_at)
                        values (:id, :organisation, :title, :createdAt)
                        """)
                .bind("id", id)
                .bind("organisation", Organisation.ONLY)
                .bind("title", title)
                .bind("createdAt", Sql.time(createdAt))
                .execute());
    }

    public Optional<Session> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.id, s.title, s.created_at,
                            (select count(*) from recordings r
                                where r.session = s.id and r.deleted_at is null) as recordings
                        from sessions s
                        where s.id = :id and s.organisation = :organisation
                        """)
                .bind("id", id)
                .bind("organisation", Organisation.ONLY)
                .map((row, context) -> session(row))
                .findOne());
    }

    /** The newest first; with {@code after}, those made before that one. */
    public List<Session> newest(@Nullable String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select s.id, s.title, s.created_at,
                            (select count(*) from recordings r
                                where r.session = s.id and r.deleted_at is null) as recordings
                        from sessions s
                        where s.organisation = :organisation
                            and (:after::text is null or (s.created_at, s.id)
                                < (select a.created_at, a.id from sessions a where a.id = :after))
                        order by s.created_at desc, s.id desc
                        limit :limit
                        """)
                .bind("organisation", Organisation.ONLY)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> session(row))
                .list());
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("id"), row.getString("title"), Sql.time(row, "created_at"), row.getInt("recordings"));
    }
}
