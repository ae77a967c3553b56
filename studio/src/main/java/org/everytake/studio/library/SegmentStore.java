package org.everytake.studio.library;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.storage.Backlog;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The ledger of sealed segments: sealed, then shipped to the vault, then erased from the spool. Each may be repeated. */
public final class SegmentStore {
    private static final int MOST = 100_000;
    private static final String COLUMNS = "recording, name, size_bytes, sealed_at, shipped_at, erased_at";

    private final Jdbi jdbi;

    public SegmentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public void sealed(UUID recording, String name, long sizeBytes, Instant sealedAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into segments (recording, name, size_bytes, sealed_at)
                        values (:recording, :name, :size, :sealedAt)
                        on conflict (recording, name) do nothing
                        """)
                .bind("recording", recording)
                .bind("name", name)
                .bind("size", sizeBytes)
                .bind("sealedAt", Sql.time(sealedAt))
                .execute());
    }

    /** @return false if the ledger does not have it any more, because its recording or its tape was erased */
    public boolean shipped(UUID recording, String name, Instant shippedAt) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        update segments set shipped_at = coalesce(shipped_at, :time)
                        where recording = :recording and name = :name and not exists (
                            select 1 from erasures e where e.recording = :recording and e.kind = 'tape')
                        """)
                        .bind("time", Sql.time(shippedAt))
                        .bind("recording", recording)
                        .bind("name", name)
                        .execute()
                == 1);
    }

    public void erased(UUID recording, String name, Instant erasedAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update segments set erased_at = coalesce(erased_at, :time)
                        where recording = :recording and name = :name
                        """)
                .bind("time", Sql.time(erasedAt))
                .bind("recording", recording)
                .bind("name", name)
                .execute());
    }

    /** Neither spool nor vault has any of a recording's any more. */
    public void gone(UUID recording, Instant goneAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update segments set gone_at = :time, erased_at = coalesce(erased_at, :time)
                        where recording = :recording and gone_at is null
                        """)
                .bind("time", Sql.time(goneAt))
                .bind("recording", recording)
                .execute());
    }

    /** All that there are of a recording, in the order of their names; none once its tape was erased. */
    public List<Segment> of(UUID recording) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS
                        + " from segments where recording = :recording and gone_at is null order by name limit :limit")
                .bind("recording", recording)
                .bind("limit", MOST)
                .map((row, context) -> segment(row))
                .list());
    }

    /** The stores which lack any; empty for the server's own folder. */
    public List<Optional<UUID>> storesToShipTo() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select distinct r.store from segments s join recordings r on r.id = s.recording
                        where s.shipped_at is null and r.erasing_at is null
                        """)
                .map((row, context) -> Optional.ofNullable(row.getObject("store", UUID.class)))
                .list());
    }

    /** Those that this store does not have yet, the oldest first; nothing of a recording that is being erased. */
    public List<Segment> toShip(Optional<UUID> store, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + """
                         from segments where shipped_at is null
                            and exists (
                                select 1 from recordings r
                                where r.id = recording and r.erasing_at is null
                                    and r.store is not distinct from :store::uuid)
                            and not exists (
                                select 1 from erasures e where e.recording = segments.recording and e.kind = 'tape')
                        order by sealed_at limit :limit
                        """)
                .bind("store", store.orElse(null))
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
    }

    /** How much the vaults do not have yet. */
    public Backlog backlog() {
        return backlog(null);
    }

    /** The same of an organisation's own stores. */
    public Backlog backlogOfStores(UUID organisation) {
        return backlog(organisation);
    }

    private Backlog backlog(@Nullable UUID ofStoresOf) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) as segments, coalesce(sum(s.size_bytes), 0) as size_bytes,
                            min(s.sealed_at) as oldest
                        from segments s join recordings r on r.id = s.recording
                        where s.shipped_at is null and r.erasing_at is null and (:organisation::uuid is null
                            or (r.organisation = :organisation::uuid and r.store is not null))
                            and not exists (
                                select 1 from erasures e where e.recording = s.recording and e.kind = 'tape')
                        """)
                .bind("organisation", ofStoresOf)
                .map((row, context) ->
                        new Backlog(row.getLong("segments"), row.getLong("size_bytes"), Sql.timeOrNull(row, "oldest")))
                .one());
    }

    /** Those the vault has had since before then, and the spool has still. */
    public List<Segment> toErase(Instant shippedBefore, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("select " + COLUMNS + """
                         from segments where shipped_at is not null and erased_at is null and shipped_at < :before
                        order by shipped_at limit :limit
                        """)
                .bind("before", Sql.time(shippedBefore))
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
    }

    private static Segment segment(ResultSet row) throws SQLException {
        return new Segment(
                row.getObject("recording", UUID.class),
                row.getString("name"),
                row.getLong("size_bytes"),
                Sql.time(row, "sealed_at"),
                Sql.timeOrNull(row, "shipped_at"),
                Sql.timeOrNull(row, "erased_at"));
    }
}
