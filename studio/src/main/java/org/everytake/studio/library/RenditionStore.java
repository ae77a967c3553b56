package org.everytake.studio.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The renditions. Any thread may use it; within a transaction of the caller's thread it joins that. When the last one of
 * a recording is settled, the recording becomes {@link RecordingState#READY} in the same transaction.
 */
public final class RenditionStore {
    private static final String NOTHING_MADE =
            "None of this recording's files could be made. What was recorded is kept: each file says why, and has Retry.";

    private static final int MOST = 10_000;
    private static final String COLUMNS = """
            id, recording, kind, format, person, layout_name, layout, time_zone, name, state, progress, remaining_millis, object, size_bytes,
            duration_millis, sha256, failure, remarks, made_with, created_at, finished_at
            """;

    private static final String KINDS = Arrays.stream(Rendition.Kind.values())
            .map(kind -> "'" + kind.word() + "'")
            .collect(Collectors.joining(", "));

    /** What is being erased is shown to nobody: of the files of a recording its RAW archive may go before the others. */
    private static final String NOT_BEING_ERASED = """
             and not exists (select from erasures e
                where e.recording = renditions.recording and e.kind in ('files', renditions.kind))
            """;

    private static final String FORMATS = Arrays.stream(RenditionFormat.values())
            .map(format -> "'" + format.word() + "'")
            .collect(Collectors.joining(", "));

    private final Jdbi jdbi;

    public RenditionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** As {@link #create(UUID, UUID, Rendition.Kind, RenditionFormat, String, ChosenLayout, String, Instant)}, in the usual layout. */
    public UUID create(
            UUID id,
            UUID recording,
            Rendition.Kind kind,
            RenditionFormat format,
            @Nullable String person,
            String name,
            Instant createdAt) {
        return create(id, recording, kind, format, person, null, name, createdAt);
    }

    /**
     * Adds a rendition that is {@link RenditionState#QUEUED}. A recording has one of each kind, format, person and layout.
     *
     * @return its id, or that of the one which was there already
     */
    public UUID create(
            UUID id,
            UUID recording,
            Rendition.Kind kind,
            RenditionFormat format,
            @Nullable String person,
            @Nullable ChosenLayout layout,
            String name,
            Instant createdAt) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        insert into renditions (id, recording, kind, format, person, layout_name, layout, time_zone, name,
                            content_type, state, created_at)
                        values (:id, :recording, :kind, :format, :person, :layoutName, :layout, :timeZone, :name,
                            :contentType, 'queued', :createdAt)
                        on conflict (recording, kind, coalesce(person, ''), format, md5(coalesce(layout, '')))
                            do update set name = renditions.name
                        returning id
                        """)
                .bind("id", id)
                .bind("recording", recording)
                .bind("kind", kind.word())
                .bind("format", format.word())
                .bind("person", person)
                .bind("layoutName", layout == null ? null : layout.name())
                .bind("layout", layout == null ? null : layout.form())
                .bind("timeZone", layout == null ? null : layout.timeZone())
                .bind("name", name)
                .bind("contentType", format.contentType())
                .bind("createdAt", Sql.time(createdAt))
                .mapTo(UUID.class)
                .one());
    }

    public Optional<Rendition> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + " from renditions where id = :id")
                .bind("id", id)
                .map((row, context) -> rendition(row))
                .findOne());
    }

    /** A rendition of a recording; empty also if the recording was deleted, or it is being erased. */
    public Optional<Rendition> find(UUID recording, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + """
                         from renditions where id = :id and recording = (
                            select r.id from recordings r where r.id = :recording and r.deleted_at is null)
                        """ + NOT_BEING_ERASED)
                .bind("recording", recording)
                .bind("id", id)
                .map((row, context) -> rendition(row))
                .findOne());
    }

    /**
     * All that there are, in the order of their kinds, those of one kind in that of their formats, those of one format by
     * layouts, the usual one first, and then by names.
     */
    public List<Rendition> of(UUID recording) {
        return jdbi.withHandle(handle -> ordered(handle, List.of(recording), ""))
                .getOrDefault(recording, List.of());
    }

    /** Of each of these recordings, those that are not being erased, in the same order. */
    Map<UUID, List<Rendition>> shown(Collection<UUID> recordings) {
        return jdbi.withHandle(handle -> ordered(handle, recordings, NOT_BEING_ERASED));
    }

    private static Map<UUID, List<Rendition>> ordered(Handle handle, Collection<UUID> recordings, String condition) {
        return handle
                .createQuery("select " + COLUMNS
                        + " from renditions where recording = any(:recordings)" + condition
                        + " order by array_position(array[" + KINDS + "], kind), array_position(array[" + FORMATS
                        + "], format), layout_name nulls first, name, id limit :limit")
                .bindArray("recordings", UUID.class, recordings)
                .bind("limit", MOST)
                .map((row, context) -> rendition(row))
                .stream()
                .collect(Collectors.groupingBy(Rendition::recording));
    }

    /**
     * A worker has begun with it.
     *
     * @return false if its recording was deleted, and nothing must be begun
     */
    public boolean rendering(UUID id) {
        return jdbi.inTransaction(handle -> {
            if (isDeleted(handle, lock(handle, id))) {
                return false;
            }
            become(handle, id, RenditionState.RENDERING);
            handle.createUpdate("""
                            update renditions set progress = 0, remaining_millis = null, failure = null where id = :id
                            """).bind("id", id).execute();
            return true;
        });
    }

    /**
     * A worker left off before the end, because it was told to: it waits again.
     *
     * @return false if its recording was deleted, and it waits for that to be brought back
     */
    public boolean leftOff(UUID id) {
        return jdbi.inTransaction(handle -> {
            UUID recording = lock(handle, id);
            become(handle, id, RenditionState.QUEUED);
            return !isDeleted(handle, recording);
        });
    }

    /** How far it is; says nothing unless it is being rendered. */
    public void progress(UUID id, double progress, @Nullable Long remainingMillis) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update renditions set progress = :progress, remaining_millis = :remaining
                        where id = :id and state = 'rendering'
                        """)
                .bind("progress", Math.clamp(progress, 0.0, 1.0))
                .bind("remaining", remainingMillis)
                .bind("id", id)
                .execute());
    }

    /** Its format is known only when what was sent is looked at; the name follows. */
    public void format(UUID id, RenditionFormat format) {
        jdbi.useTransaction(handle -> {
            UUID recording = lock(handle, id);
            Rendition now = found(handle, id);
            if (now.format() == format) {
                return;
            }
            Set<String> used =
                    new HashSet<>(handle.createQuery("select lower(name) from renditions where recording = :recording")
                            .bind("recording", recording)
                            .mapTo(String.class)
                            .list());
            String extension = FileNames.extension(now.name());
            String base = now.name().substring(0, now.name().length() - extension.length() - 1);
            handle.createUpdate("""
                            update renditions set format = :format, content_type = :contentType, name = :name where id = :id
                            """)
                    .bind("format", format.word())
                    .bind("contentType", format.contentType())
                    .bind("name", FileNames.unused(base, format.extension(), used))
                    .bind("id", id)
                    .execute();
        });
    }

    /** The file lies in the vault. */
    public Rendition ready(UUID id, Rendition.Made made, Instant finishedAt) {
        return jdbi.inTransaction(handle -> {
            lock(handle, id);
            check(handle, id, RenditionState.READY);
            handle.createUpdate("""
                            update renditions set state = 'ready', progress = 1, remaining_millis = null,
                                object = :object, size_bytes = :size, duration_millis = :duration, sha256 = :sha256,
                                failure = null, remarks = :remarks, made_with = :madeWith, finished_at = :finishedAt
                            where id = :id
                            """)
                    .bind("object", made.object())
                    .bind("size", made.sizeBytes())
                    .bind("duration", made.durationMillis())
                    .bind("sha256", made.sha256())
                    .bindArray("remarks", String.class, made.remarks())
                    .bind("madeWith", made.madeWith())
                    .bind("finishedAt", Sql.time(finishedAt))
                    .bind("id", id)
                    .execute();
            return settled(handle, id);
        });
    }

    /** It cannot be made, and this sentence says why. */
    public Rendition failed(UUID id, String failure, Instant finishedAt) {
        return jdbi.inTransaction(handle -> {
            lock(handle, id);
            check(handle, id, RenditionState.FAILED);
            handle.createUpdate("""
                            update renditions set state = 'failed', remaining_millis = null, failure = :failure,
                                finished_at = :finishedAt
                            where id = :id
                            """)
                    .bind("failure", failure)
                    .bind("finishedAt", Sql.time(finishedAt))
                    .bind("id", id)
                    .execute();
            return settled(handle, id);
        });
    }

    /**
     * A failed one waits again, and its recording is being processed again.
     *
     * @return false if it had not failed, and nothing was done
     */
    public boolean retry(UUID id) {
        return jdbi.inTransaction(handle -> {
            UUID recording = lock(handle, id);
            if (found(handle, id).state() != RenditionState.FAILED) {
                return false;
            }
            become(handle, id, RenditionState.QUEUED);
            handle.createUpdate("update renditions set progress = 0, failure = null, finished_at = null where id = :id")
                    .bind("id", id)
                    .execute();
            RecordingStore.become(handle, recording, RecordingState.PROCESSING);
            handle.createUpdate("update recordings set failure = nullif(failure, :nothing) where id = :id")
                    .bind("nothing", NOTHING_MADE)
                    .bind("id", recording)
                    .execute();
            return true;
        });
    }

    /** Forgets the files of these kinds, which are gone. */
    public static void erase(Handle handle, UUID recording, Rendition.Kind... kinds) {
        handle.createUpdate("delete from renditions where recording = :recording and kind = any(:kinds)")
                .bind("recording", recording)
                .bindArray(
                        "kinds",
                        String.class,
                        Arrays.stream(kinds).map(Rendition.Kind::word).toList())
                .execute();
    }

    /**
     * The name under which a file is copied for ordinary tools; the same each time. It is durable before anything is put
     * there, so that whoever erases the recording knows of it.
     */
    public String copy(Recording recording, UUID id) {
        return jdbi.inTransaction(handle -> {
            UUID unused = lock(handle, id);
            Map<UUID, String> taken = copies(handle, recording.id());
            String known = taken.get(id);
            if (known != null) {
                return known;
            }
            String wanted = CopyNames.folder(recording)
                    + CopyNames.plain(found(handle, id).name());
            int dot = wanted.indexOf('.', wanted.lastIndexOf('/'));
            String name =
                    taken.containsValue(wanted) ? wanted.substring(0, dot) + "-" + id + wanted.substring(dot) : wanted;
            handle.createUpdate("update renditions set copy = :name where id = :id")
                    .bind("name", name)
                    .bind("id", id)
                    .execute();
            return name;
        });
    }

    /** The names of all copies of a recording's files that there are or may be, by file. */
    public Map<UUID, String> copies(UUID recording) {
        return jdbi.withHandle(handle -> copies(handle, recording));
    }

    private static Map<UUID, String> copies(Handle handle, UUID recording) {
        return handle.createQuery("select id, copy from renditions where recording = :recording and copy is not null")
                .bind("recording", recording)
                .reduceRows(new HashMap<>(), (all, row) -> {
                    all.put(row.getColumn("id", UUID.class), row.getColumn("copy", String.class));
                    return all;
                });
    }

    /** Names those of everybody together after the title; those of one person bear the person's name. */
    static void rename(Handle handle, UUID recording, String title) {
        List<Rendition> all = handle.createQuery(
                        "select " + COLUMNS + " from renditions where recording = :recording order by kind, id")
                .bind("recording", recording)
                .map((row, context) -> rendition(row))
                .list();
        Set<String> used = new HashSet<>();
        all.stream()
                .filter(rendition -> rendition.person() != null)
                .forEach(rendition -> used.add(rendition.name().toLowerCase(Locale.ROOT)));
        for (Rendition rendition : all) {
            if (rendition.person() == null) {
                String extension = FileNames.extension(rendition.name());
                handle.createUpdate("update renditions set name = :name where id = :id")
                        .bind("name", FileNames.unused(FileNames.after(title, rendition.layout()), extension, used))
                        .bind("id", rendition.id())
                        .execute();
            }
        }
    }

    /** Takes the recording's row first, so that of two which settle at once the second sees the first. */
    private static UUID lock(Handle handle, UUID id) {
        return handle.createQuery("""
                        select r.id from recordings r
                        where r.id = (select recording from renditions where id = :id) for update
                        """)
                .bind("id", id)
                .mapTo(UUID.class)
                .findOne()
                .orElseThrow(() -> new IllegalStateException("there is no rendition " + id));
    }

    private static boolean isDeleted(Handle handle, UUID recording) {
        return handle.createQuery("select deleted_at is not null from recordings where id = :id")
                .bind("id", recording)
                .mapTo(Boolean.class)
                .one();
    }

    private static void check(Handle handle, UUID id, RenditionState next) {
        RenditionState now = handle.createQuery("select state from renditions where id = :id for update")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(RenditionState::of)
                .orElseThrow(() -> new IllegalStateException("there is no rendition " + id));
        if (!now.mayBecome(next)) {
            throw new IllegalTransition("rendition " + id, now.word(), next.word());
        }
    }

    private static void become(Handle handle, UUID id, RenditionState next) {
        check(handle, id, next);
        handle.createUpdate("update renditions set state = :state where id = :id")
                .bind("state", next.word())
                .bind("id", id)
                .execute();
    }

    private static Rendition settled(Handle handle, UUID id) {
        Rendition rendition = found(handle, id);
        handle.createUpdate("""
                        update recordings set (state, failure) = (
                            select case when bool_or(state = 'ready') then 'ready' else 'failed' end,
                                case when bool_or(state = 'ready') then nullif(recordings.failure, :failure)
                                    else :failure end
                            from renditions where recording = :recording)
                        where id = :recording and state = 'processing' and not exists (
                            select 1 from renditions
                            where recording = :recording and state in ('queued', 'rendering'))
                        """)
                .bind("recording", rendition.recording())
                .bind("failure", NOTHING_MADE)
                .execute();
        return rendition;
    }

    private static Rendition found(Handle handle, UUID id) {
        return handle.createQuery("select " + COLUMNS + " from renditions where id = :id")
                .bind("id", id)
                .map((row, context) -> rendition(row))
                .one();
    }

    private static @Nullable ChosenLayout layout(ResultSet row) throws SQLException {
        String form = row.getString("layout");
        return form == null ? null : new ChosenLayout(row.getString("layout_name"), form, row.getString("time_zone"));
    }

    private static Rendition rendition(ResultSet row) throws SQLException {
        return new Rendition(
                row.getObject("id", UUID.class),
                row.getObject("recording", UUID.class),
                Rendition.Kind.of(row.getString("kind")),
                RenditionFormat.of(row.getString("format")),
                row.getString("person"),
                layout(row),
                row.getString("name"),
                RenditionState.of(row.getString("state")),
                row.getDouble("progress"),
                Sql.longOrNull(row, "remaining_millis"),
                row.getString("object"),
                Sql.longOrNull(row, "size_bytes"),
                Sql.longOrNull(row, "duration_millis"),
                row.getString("sha256"),
                row.getString("failure"),
                List.of((String[]) row.getArray("remarks").getArray()),
                row.getString("made_with"),
                Sql.time(row, "created_at"),
                Sql.timeOrNull(row, "finished_at"));
    }
}
