package org.everytake.studio.library.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is due by the plans, and what was erased. The one place where the rule is said. Joins the caller's transaction. */
public final class RetentionStore {
    /** Tape first, files last: each is made of what comes before it. RAW that the pack includes goes with the files. */
    private static final String DUE = """
            select * from (
                select r.id, r.organisation, r.title, d.kind, d.place, d.days,
                    r.stopped_at + make_interval(secs => d.days * 86400.0) as at,
                    case d.kind
                        when 'tape' then (select coalesce(sum(s.size_bytes), 0) from segments s
                            where s.recording = r.id and s.gone_at is null)
                        when 'raw' then (select coalesce(sum(f.size_bytes), 0) from renditions f
                            where f.recording = r.id and f.kind = 'raw')
                        else coalesce(r.thumbnail_bytes, 0)
                            + (select coalesce(sum(c.size_bytes), 0) from companions c where c.recording = r.id)
                            + (select coalesce(sum(f.size_bytes), 0) from renditions f where f.recording = r.id)
                    end as size_bytes,
                    case
                        when r.held_at is not null then 'held'
                        when r.state = 'processing' or exists (select from renditions f
                            where f.recording = r.id and f.state in ('queued', 'rendering')) then 'busy'
                        when d.kind = 'files' and exists (select from segments s
                            where s.recording = r.id and s.gone_at is null) then 'tape'
                        when d.kind <> 'files' and exists (select from takes t where t.recording = r.id
                                and t.packets > 0 and (r.mode = 'video' or t.kind = 'microphone'))
                            and not exists (select from renditions f where f.recording = r.id and f.state = 'ready'
                                and f.kind = case when r.mode = 'video' then 'composite' else 'mix' end
                                and f.format in ('mp4', 'mp3') and f.layout is null) then 'no-file'
                    end as waits
                from recordings r join organisations o on o.id = r.organisation
                cross join lateral (values
                    ('tape', 1, o.plan_tape_days),
                    ('raw', 2, case when o.plan_pack = 'unlimited' then o.plan_tape_days end),
                    ('files', 3, o.plan_masters_days)) as d (kind, place, days)
                where r.deleted_at is null and r.state in ('processing', 'ready', 'failed') and r.stopped_at is not null
                    and d.days is not null
                    and (r.organisation = :organisation::uuid or :organisation::uuid is null)
                    and (r.id = :recording::uuid or :recording::uuid is null)
                    and case d.kind
                        when 'tape' then exists (select from segments s where s.recording = r.id and s.gone_at is null)
                        when 'raw' then exists (select from renditions f where f.recording = r.id and f.kind = 'raw')
                        else exists (select from renditions f where f.recording = r.id) end
                    and not exists (select from erasures e where e.recording = r.id and e.kind = d.kind)
            ) as due where at <= :until order by at, id, place limit :limit
            """;

    private RetentionStore() {}

    /**
     * What is due until then, the first to come first.
     *
     * @param organisation whose; null for everybody's
     * @param recording of which; null for all
     */
    static List<Due> due(
            Handle handle, @Nullable UUID organisation, @Nullable UUID recording, Instant until, int limit) {
        return handle.createQuery(DUE)
                .bind("organisation", organisation)
                .bind("recording", recording)
                .bind("until", Sql.time(until))
                .bind("limit", limit)
                .map((row, context) -> due(row))
                .list();
    }

    /** From here on there is no way back. */
    static void begin(Handle handle, Due due, Instant now) {
        handle.createUpdate("""
                        insert into erasures (recording, organisation, kind, days, size_bytes, begun_at, key_destroyed)
                        values (:recording, :organisation, :kind, :days, :size, :now, :key)
                        """)
                .bind("recording", due.recording())
                .bind("organisation", due.organisation())
                .bind("kind", due.kind())
                .bind("days", due.days())
                .bind("size", due.sizeBytes())
                .bind("now", Sql.time(now))
                .bind("key", !due.kind().equals(Due.RAW))
                .execute();
    }

    /** What was begun and did not come to its end, the oldest first. */
    static List<Due> unfinished(Handle handle, int limit) {
        return handle.createQuery("""
                        select r.id, e.organisation, r.title, e.kind, e.days, e.begun_at as at, e.size_bytes,
                            null::text as waits
                        from erasures e join recordings r on r.id = e.recording
                        where e.erased_at is null order by e.begun_at limit :limit
                        """)
                .bind("limit", limit)
                .map((row, context) -> due(row))
                .list();
    }

    /** Nothing is left of it. False if that was known. */
    static boolean erased(Handle handle, Due due, Instant now) {
        return handle.createUpdate("""
                        update erasures set erased_at = :now
                        where recording = :recording and kind = :kind and erased_at is null
                        """)
                        .bind("now", Sql.time(now))
                        .bind("recording", due.recording())
                        .bind("kind", due.kind())
                        .execute()
                == 1;
    }

    /** Since when there is no tape any more of which files could be made; empty as long as there is. */
    public static Optional<Instant> tapeErased(Handle handle, UUID recording) {
        return handle.createQuery("select begun_at from erasures where recording = :recording and kind = 'tape'")
                .bind("recording", recording)
                .map((row, context) -> Sql.time(row, "begun_at"))
                .findOne();
    }

    /** One thing that was erased. */
    record Gone(UUID recording, String title, Keeping.Erased erased) {}

    /** What was erased last of an organisation's. */
    static List<Gone> newest(Handle handle, UUID organisation, int limit) {
        return handle.createQuery("""
                        select r.title, e.* from erasures e join recordings r on r.id = e.recording
                        where e.organisation = :organisation and e.erased_at is not null and r.deleted_at is null
                        order by e.erased_at desc, e.recording, e.kind limit :limit
                        """)
                .bind("organisation", organisation)
                .bind("limit", limit)
                .map((row, context) ->
                        new Gone(row.getObject("recording", UUID.class), row.getString("title"), erased(row)))
                .list();
    }

    /** How each of these is kept. */
    public static Map<UUID, Keeping> keeping(Handle handle, Collection<UUID> recordings) {
        Map<UUID, List<Keeping.Erased>> gone = handle
                .createQuery("select * from erasures where recording = any(:ids) and erased_at is not null"
                        + " order by erased_at, kind")
                .bindArray("ids", UUID.class, recordings)
                .map((row, context) -> Map.entry(row.getObject("recording", UUID.class), erased(row)))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
        return handle
                .createQuery("""
                        select r.id, r.stopped_at, r.held_at, r.held_by, o.plan_tape_days, o.plan_masters_days
                        from recordings r join organisations o on o.id = r.organisation where r.id = any(:ids)
                        """)
                .bindArray("ids", UUID.class, recordings)
                .map((row, context) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return Map.entry(id, keeping(row, gone.getOrDefault(id, List.of())));
                })
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Keeping keeping(ResultSet row, List<Keeping.Erased> gone) throws SQLException {
        Instant end = Sql.timeOrNull(row, "stopped_at");
        int tapeDays = row.getInt("plan_tape_days");
        Integer filesDays = row.getObject("plan_masters_days", Integer.class);
        Instant heldAt = Sql.timeOrNull(row, "held_at");
        return new Keeping(
                tapeDays,
                end == null || isGone(gone, Due.TAPE) ? null : end.plus(Duration.ofDays(tapeDays)),
                filesDays,
                end == null || filesDays == null || isGone(gone, Due.FILES)
                        ? null
                        : end.plus(Duration.ofDays(filesDays)),
                heldAt == null ? null : new Keeping.Hold(heldAt, row.getString("held_by")),
                gone);
    }

    private static boolean isGone(List<Keeping.Erased> gone, String kind) {
        return gone.stream().anyMatch(one -> one.kind().equals(kind));
    }

    private static Keeping.Erased erased(ResultSet row) throws SQLException {
        return new Keeping.Erased(
                row.getString("kind"),
                Sql.time(row, "erased_at"),
                row.getInt("days"),
                row.getLong("size_bytes"),
                row.getBoolean("key_destroyed"));
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getObject("id", UUID.class),
                row.getObject("organisation", UUID.class),
                row.getString("title"),
                row.getString("kind"),
                row.getInt("days"),
                Sql.time(row, "at"),
                row.getLong("size_bytes"),
                row.getString("waits"));
    }
}
