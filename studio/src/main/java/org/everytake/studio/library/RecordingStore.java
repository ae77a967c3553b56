package org.everytake.studio.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
 * The recordings, of whatever organisation: who may see them is for {@link Rights}. Any thread may use it; within a
 * transaction of the caller's thread it joins that.
 */
public final class RecordingStore {
    private static final String COLUMNS =
            "id, session, title, mode, state, started_by, created_at, started_at, stopped_at, duration_millis, size_bytes,"
                    + " thumbnail, thumbnail_bytes, revision, deleted_at, erasing_at, failure";

    private final Jdbi jdbi;

    public RecordingStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Adds a recording that is {@link RecordingState#STARTING}, for the people of its session to see.
     *
     * @return false if another one of that session is live, or there is no such session
     */
    public boolean create(
            UUID id, UUID session, String title, SessionMode mode, @Nullable String startedBy, Instant createdAt) {
        return jdbi.inTransaction(handle -> {
            int created = handle.createUpdate("""
                            insert into recordings (id, organisation, session, title, title_key, search, mode, state,
                                started_by, created_at, store)
                            select :id, s.organisation, s.id, :title, :titleKey, array_to_tsvector(:words), :mode,
                                'starting', :startedBy, :createdAt,
                                (select t.id from stores t where t.organisation = s.organisation and t.current)
                            from sessions s where s.id = :session
                            on conflict (session) where state in ('starting', 'recording', 'stopping') do nothing
                            """)
                    .bind("id", id)
                    .bind("session", session)
                    .bind("title", title)
                    .bind("titleKey", Words.fold(title))
                    .bindArray("words", String.class, (Object[]) Words.array(title))
                    .bind("mode", mode.word())
                    .bind("startedBy", startedBy)
                    .bind("createdAt", Sql.time(createdAt))
                    .execute();
            if (created == 1) {
                handle.createUpdate("""
                                insert into recording_viewers (organisation, email, recording, role)
                                select organisation, email, :id, role from session_people where session = :session
                                """).bind("id", id).bind("session", session).execute();
            }
            return created == 1;
        });
    }

    /** The recording; empty also if it was deleted. */
    public Optional<Recording> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + COLUMNS + " from recordings where id = :id and deleted_at is null")
                .bind("id", id)
                .map((row, context) -> recording(row))
                .findOne());
    }

    /** The recording even if it was deleted, unless it is being erased: for those who mind its tape. */
    public Optional<Recording> findWithTape(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select " + COLUMNS + " from recordings where id = :id and erasing_at is null")
                .bind("id", id)
                .map((row, context) -> recording(row))
                .findOne());
    }

    /** The recording whatever has become of it, its row taken until the end of the transaction. */
    public Optional<Recording> lock(Handle handle, UUID id) {
        return handle.createQuery("select " + COLUMNS + " from recordings where id = :id for update")
                .bind("id", id)
                .map((row, context) -> recording(row))
                .findOne();
    }

    /** Those deleted at that time or before and not erased, the oldest first. */
    List<UUID> toErase(Instant deletedUntil, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id from recordings
                        where deleted_at is not null and erased_at is null and deleted_at <= :until
                        order by deleted_at limit :limit
                        """)
                .bind("until", Sql.time(deletedUntil))
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
    }

    /** Whether it is that organisation's. */
    public boolean isOf(UUID id, UUID organisation) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select from recordings where id = :id and organisation = :organisation)")
                .bind("id", id)
                .bind("organisation", organisation)
                .mapTo(Boolean.class)
                .one());
    }

    /** Those of these ids that are there, in the order of the ids. */
    List<Recording> all(List<UUID> ids) {
        Map<UUID, Recording> found = jdbi.withHandle(handle -> handle
                .createQuery("select " + COLUMNS + " from recordings where id = any(:ids) and deleted_at is null")
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> recording(row))
                .stream()
                .collect(Collectors.toMap(Recording::id, Function.identity())));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    /** The organisation's own store in which it lies; empty for the server's own folder. */
    public Optional<UUID> storeOf(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select store from recordings where id = :id")
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne());
    }

    /** When the newest one began by the clock of its time. */
    public Optional<Instant> newestAt() {
        return jdbi.withHandle(handle -> handle.createQuery("select max(created_at) as newest from recordings")
                .map((row, context) -> Optional.ofNullable(Sql.timeOrNull(row, "newest")))
                .one());
    }

    /** Those that were live when the server ended. */
    public List<Recording> unfinished(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + """
                         from recordings where state in ('starting', 'recording', 'stopping') order by id limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> recording(row))
                .list());
    }

    /** The newest that is ready, has sound on its tape, and of which no file of sound alone was ever asked for. */
    public Optional<Recording> withoutFilesOfSound() {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + """
                         from recordings r where state = 'ready' and deleted_at is null
                            and exists (select from takes t
                                where t.recording = r.id and t.kind = 'microphone' and t.packets > 0)
                            and exists (select from segments s where s.recording = r.id and s.gone_at is null)
                            and not exists (select from erasures e where e.recording = r.id and e.kind = 'tape')
                            and not exists (select from renditions f where f.recording = r.id and f.kind = 'mix')
                        order by id desc limit 1
                        """)
                .map((row, context) -> recording(row))
                .findOne());
    }

    /** The first packet is durable. */
    public Recording recording(UUID id, Instant startedAt) {
        return jdbi.inTransaction(handle -> {
            become(handle, id, RecordingState.RECORDING);
            return update(handle, id, "started_at = coalesce(started_at, :time)", startedAt);
        });
    }

    /** Stop was asked for, or had to happen; {@code failure} says why it had to, and is null otherwise. */
    public Recording stopping(UUID id, Instant stoppedAt, @Nullable String failure) {
        return jdbi.inTransaction(handle -> {
            become(handle, id, RecordingState.STOPPING);
            handle.createUpdate("update recordings set failure = coalesce(failure, :failure) where id = :id")
                    .bind("failure", failure)
                    .bind("id", id)
                    .execute();
            return update(handle, id, "stopped_at = coalesce(stopped_at, :time)", stoppedAt);
        });
    }

    /** Something of it is missing, and this sentence says what and why. */
    public void lacks(UUID id, String sentence) {
        jdbi.useHandle(handle -> handle.createUpdate("update recordings set failure = :sentence where id = :id")
                .bind("sentence", sentence)
                .bind("id", id)
                .execute());
    }

    /** The tape is whole, this long. */
    public Recording processing(UUID id, long durationMillis) {
        return jdbi.inTransaction(handle -> {
            become(handle, id, RecordingState.PROCESSING);
            handle.createUpdate("update recordings set duration_millis = :duration where id = :id")
                    .bind("duration", durationMillis)
                    .bind("id", id)
                    .execute();
            return found(handle, id);
        });
    }

    /** There is nothing to watch, and this sentence says why. */
    public Recording failed(UUID id, String failure) {
        return jdbi.inTransaction(handle -> {
            become(handle, id, RecordingState.FAILED);
            handle.createUpdate("update recordings set failure = :failure where id = :id")
                    .bind("failure", failure)
                    .bind("id", id)
                    .execute();
            return found(handle, id);
        });
    }

    /**
     * Gives it another title, and its files their names.
     *
     * @param revision that it must have still, or null if any will do
     * @return empty if it is not there, or has another revision by now
     */
    public Optional<Recording> rename(UUID id, @Nullable Long revision, String title) {
        return jdbi.inTransaction(handle -> {
            int renamed = handle.createUpdate("""
                            update recordings set title = :title, title_key = :titleKey, revision = revision + 1
                            where id = :id and deleted_at is null and revision = coalesce(:revision, revision)
                            """)
                    .bind("title", title)
                    .bind("titleKey", Words.fold(title))
                    .bind("revision", revision)
                    .bind("id", id)
                    .execute();
            if (renamed == 0) {
                return Optional.empty();
            }
            words(handle, id);
            RenditionStore.rename(handle, id, title);
            return Optional.of(found(handle, id));
        });
    }

    /** The words by which a recording is found: those of its title, and of the names of who takes part. */
    static void words(Handle handle, UUID id) {
        List<String> texts =
                handle.createQuery("""
                        select title from recordings where id = :id
                        union all
                        select name from recording_people where recording = :id
                        """).bind("id", id).mapTo(String.class).list();
        handle.createUpdate("update recordings set search = array_to_tsvector(:words) where id = :id")
                .bindArray("words", String.class, (Object[]) Words.array(texts.toArray(String[]::new)))
                .bind("id", id)
                .execute();
    }

    /** Its picture lies in the vault. */
    public void pictured(UUID id, String sha256, long sizeBytes) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update recordings set thumbnail = :sha256, thumbnail_bytes = :size where id = :id
                        """)
                .bind("sha256", sha256)
                .bind("size", sizeBytes)
                .bind("id", id)
                .execute());
    }

    /** Its picture is gone. */
    public void withoutPicture(UUID id) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update recordings set thumbnail = null, thumbnail_bytes = null where id = :id")
                .bind("id", id)
                .execute());
    }

    /** How much tape there is by now. */
    public void grew(UUID id, long durationMillis, long sizeBytes) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update recordings set duration_millis = :duration, size_bytes = :size where id = :id
                        """)
                .bind("duration", durationMillis)
                .bind("size", sizeBytes)
                .bind("id", id)
                .execute());
    }

    static Recording become(Handle handle, UUID id, RecordingState next) {
        RecordingState now = handle.createQuery("select state from recordings where id = :id for update")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(RecordingState::of)
                .orElseThrow(() -> new IllegalStateException("there is no recording " + id));
        if (!now.mayBecome(next)) {
            throw new IllegalTransition("recording " + id, now.word(), next.word());
        }
        handle.createUpdate("update recordings set state = :state where id = :id")
                .bind("state", next.word())
                .bind("id", id)
                .execute();
        return found(handle, id);
    }

    private static Recording update(Handle handle, UUID id, String assignment, Instant time) {
        handle.createUpdate("update recordings set " + assignment + " where id = :id")
                .bind("time", Sql.time(time))
                .bind("id", id)
                .execute();
        return found(handle, id);
    }

    private static Recording found(Handle handle, UUID id) {
        return handle.createQuery("select " + COLUMNS + " from recordings where id = :id")
                .bind("id", id)
                .map((row, context) -> recording(row))
                .one();
    }

    private static Recording recording(ResultSet row) throws SQLException {
        return new Recording(
                row.getObject("id", UUID.class),
                row.getObject("session", UUID.class),
                row.getString("title"),
                SessionMode.of(row.getString("mode")),
                RecordingState.of(row.getString("state")),
                row.getString("started_by"),
                Sql.time(row, "created_at"),
                Sql.timeOrNull(row, "started_at"),
                Sql.timeOrNull(row, "stopped_at"),
                row.getLong("duration_millis"),
                row.getLong("size_bytes"),
                row.getString("thumbnail"),
                Sql.longOrNull(row, "thumbnail_bytes"),
                row.getLong("revision"),
                Sql.timeOrNull(row, "deleted_at"),
                Sql.timeOrNull(row, "erasing_at"),
                row.getString("failure"));
    }
}
