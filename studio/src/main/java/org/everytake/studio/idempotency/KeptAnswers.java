package org.everytake.studio.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The answers that are kept, in the database, so that they outlive a restart. Any thread. */
public final class KeptAnswers {
    static final Duration KEPT = Duration.ofHours(24);

    /** Beyond this a request that was not answered was cut off by the end of its server, and may be tried again. */
    static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    private final Jdbi jdbi;
    private final InstantSource clock;

    public KeptAnswers(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Row(byte[] request, @Nullable KeptAnswer answer) {}

    /**
     * Claims a key for a request; of several at once one gets it.
     *
     * @param request the hash of what is asked for
     */
    Finding claim(UUID account, String key, byte[] request) {
        UUID claim = UUID.randomUUID();
        // A key that is released between the two statements is there for the taking.
        for (; ; ) {
            if (insert(account, key, claim, request)) {
                return new Finding.Claimed(claim);
            }
            Optional<Row> found = find(account, key);
            if (found.isPresent()) {
                return finding(found.get(), request);
            }
        }
    }

    private static Finding finding(Row row, byte[] request) {
        if (!Arrays.equals(row.request(), request)) {
            return new Finding.Different();
        }
        return row.answer() == null ? new Finding.Running() : new Finding.Answered(row.answer());
    }

    private boolean insert(UUID account, String key, UUID claim, byte[] request) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createUpdate("""
                        insert into idempotency_keys (account, key, claim, request, begun_at)
                        values (:account, :key, :claim, :request, :now)
                        on conflict (account, key) do update
                            set claim = excluded.claim, request = excluded.request, begun_at = excluded.begun_at,
                                status = null, type = null, location = null, tag = null, body = null, made = null
                            where idempotency_keys.begun_at < :kept
                                or (idempotency_keys.status is null and idempotency_keys.begun_at < :run
                                    and idempotency_keys.request = excluded.request)
                        """)
                        .bind("account", account)
                        .bind("key", key)
                        .bind("claim", claim)
                        .bind("request", request)
                        .bind("now", Sql.time(now))
                        .bind("kept", Sql.time(now.minus(KEPT)))
                        .bind("run", Sql.time(now.minus(LONGEST_RUN)))
                        .execute()
                > 0);
    }

    private Optional<Row> find(UUID account, String key) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select request, status, type, location, tag, body, made from idempotency_keys
                        where account = :account and key = :key
                        """)
                .bind("account", account)
                .bind("key", key)
                .map((row, context) -> new Row(row.getBytes("request"), answer(row)))
                .findOne());
    }

    private static @Nullable KeptAnswer answer(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return row.wasNull()
                ? null
                : new KeptAnswer(
                        status,
                        row.getString("type"),
                        row.getString("location"),
                        row.getString("tag"),
                        row.getBytes("body"),
                        row.getString("made"));
    }

    void keep(UUID claim, UUID account, String key, KeptAnswer answer) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update idempotency_keys
                        set status = :status, type = :type, location = :location, tag = :tag, body = :body, made = :made
                        where account = :account and key = :key and claim = :claim
                        """)
                .bind("status", answer.status())
                .bind("type", answer.type())
                .bind("location", answer.location())
                .bind("tag", answer.tag())
                .bind("body", answer.body())
                .bind("made", answer.made())
                .bind("account", account)
                .bind("key", key)
                .bind("claim", claim)
                .execute());
    }

    /** As if the key had never been used. */
    void release(UUID claim, UUID account, String key) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "delete from idempotency_keys where account = :account and key = :key and claim = :claim")
                .bind("account", account)
                .bind("key", key)
                .bind("claim", claim)
                .execute());
    }

    /** Erases what is too old; returns how many. */
    public int erase() {
        return jdbi.withHandle(handle -> handle.createUpdate("delete from idempotency_keys where begun_at < :kept")
                .bind("kept", Sql.time(clock.instant().minus(KEPT)))
                .execute());
    }
}
