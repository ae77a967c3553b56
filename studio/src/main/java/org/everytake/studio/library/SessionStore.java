package org.everytake.studio.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The sessions, of whatever organisation: who may see them is for {@link Rights}. Any thread may use it; within a
 * transaction of the caller's thread it joins that.
 */
public final class SessionStore {
    private static final String COLUMNS =
            "id, organisation, title, host, starts_at, time_zone, mode, camera_height, invitation, created_at, revision, deleted_at";

    /** What of a session may be changed. */
    public record Settings(
            String title,
            @Nullable Instant startsAt,
            @Nullable String timeZone,
            SessionMode mode,
            int cameraHeight) {}

    private final Jdbi jdbi;

    public SessionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Session create(
            UUID id, UUID organisation, @Nullable UUID host, String invitation, Settings settings, Instant createdAt) {
        return jdbi.withHandle(handle -> {
            handle.createUpdate("""
                            insert into sessions (id, organisation, host, invitation, title, title_key, search,
                                starts_at, time_zone, mode, camera_height, created_at)
                            values (:id, :organisation, :host::uuid, :invitation, :title, :titleKey,
                                array_to_tsvector(:words), :startsAt::timestamptz, :timeZone, :mode, :cameraHeight,
                                :createdAt)
                            """)
                    .bind("id", id)
                    .bind("organisation", organisation)
                    .bind("host", host)
                    .bind("invitation", invitation)
                    .bind("title", settings.title())
                    .bind("titleKey", Words.fold(settings.title()))
                    .bindArray("words", String.class, (Object[]) Words.array(settings.title()))
                    .bind("startsAt", settings.startsAt() == null ? null : Sql.time(settings.startsAt()))
                    .bind("timeZone", settings.timeZone())
                    .bind("mode", settings.mode().word())
                    .bind("cameraHeight", settings.cameraHeight())
                    .bind("createdAt", Sql.time(createdAt))
                    .execute();
            return found(handle, id);
        });
    }

    /** The session; empty also if it was deleted. */
    public Optional<Session> find(UUID id) {
        return findEvenDeleted(id).filter(session -> session.deletedAt() == null);
    }

    Optional<Session> findEvenDeleted(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from sessions where id = :id")
                .bind("id", id)
                .map((row, context) -> session(row))
                .findOne());
    }

    /** The session to which this invites; empty also if it was deleted, or the invitation revoked. */
    public Optional<Session> byInvitation(String invitation) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + """
                         from sessions where invitation = :invitation and deleted_at is null
                        """)
                .bind("invitation", invitation)
                .map((row, context) -> session(row))
                .findOne());
    }

    /** Those of these ids that are there, in the order of the ids. */
    List<Session> all(List<UUID> ids) {
        Map<UUID, Session> found = jdbi.withHandle(handle -> handle
                .createQuery("select " + COLUMNS + " from sessions where id = any(:ids) and deleted_at is null")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> session(row))
                .stream()
                .collect(Collectors.toMap(Session::id, Function.identity())));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    /** How many recordings each of these has; those without are left out. */
    Map<UUID, Long> recordings(Collection<UUID> ids) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        select session, count(*) as number from recordings
                        where session = any(:ids) and deleted_at is null group by session
                        """)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> Map.entry(row.getObject("session", UUID.class), row.getLong("number")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Those of these that are being recorded. */
    List<UUID> recording(Collection<UUID> ids) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select session from recordings
                        where session = any(:ids) and state in ('starting', 'recording', 'stopping')
                        """)
                .bindArray("ids", UUID.class, ids)
                .mapTo(UUID.class)
                .list());
    }

    /**
     * Changes it, and counts that.
     *
     * @param revision that it must have still, or null if any will do
     * @return empty if it is not there, or has another revision by now
     */
    public Optional<Session> change(UUID id, @Nullable Long revision, Settings settings) {
        return jdbi.withHandle(handle -> {
            int changed = handle.createUpdate("""
                            update sessions set title = :title, title_key = :titleKey, starts_at = :startsAt::timestamptz,
                                time_zone = :timeZone, mode = :mode, camera_height = :cameraHeight,
                                revision = revision + 1
                            where id = :id and deleted_at is null and revision = coalesce(:revision, revision)
                            """)
                    .bind("title", settings.title())
                    .bind("titleKey", Words.fold(settings.title()))
                    .bind("startsAt", settings.startsAt() == null ? null : Sql.time(settings.startsAt()))
                    .bind("timeZone", settings.timeZone())
                    .bind("mode", settings.mode().word())
                    .bind("cameraHeight", settings.cameraHeight())
                    .bind("id", id)
                    .bind("revision", revision)
                    .execute();
            return changed == 0 ? Optional.empty() : Optional.of(found(handle, id));
        });
    }

    /** Gives it another invitation, or with null takes it back. */
    Session invite(UUID id, @Nullable String invitation) {
        return jdbi.withHandle(handle -> {
            handle.createUpdate("""
                            update sessions set invitation = :invitation, revision = revision + 1
                            where id = :id and invitation is distinct from :invitation
                            """)
                    .bind("invitation", invitation)
                    .bind("id", id)
                    .execute();
            return found(handle, id);
        });
    }

    /** Takes its row until the end of the transaction. */
    void lock(Handle handle, UUID id) {
        handle.createQuery("select 1 from sessions where id = :id for update")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne();
    }

    void delete(UUID id, @Nullable Instant deletedAt) {
        jdbi.useHandle(handle -> handle.createUpdate("update sessions set deleted_at = :at::timestamptz where id = :id")
                .bind("at", deletedAt == null ? null : Sql.time(deletedAt))
                .bind("id", id)
                .execute());
    }

    private static Session found(Handle handle, UUID id) {
        return handle.createQuery("select " + COLUMNS + " from sessions where id = :id")
                .bind("id", id)
                .map((row, context) -> session(row))
                .one();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("id", UUID.class),
                row.getObject("organisation", UUID.class),
                row.getString("title"),
                row.getObject("host", UUID.class),
                Sql.timeOrNull(row, "starts_at"),
                row.getString("time_zone"),
                SessionMode.of(row.getString("mode")),
                row.getInt("camera_height"),
                row.getString("invitation"),
                Sql.time(row, "created_at"),
                row.getLong("revision"),
                Sql.timeOrNull(row, "deleted_at"));
    }
}
