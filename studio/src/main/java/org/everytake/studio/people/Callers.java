package org.everytake.studio.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Jdbi;

/** Knows callers by what they show. Any thread; reads the database each time, so that what is taken back is gone at once. */
public final class Callers {
    /** When something was used is told to the minute, so that not every request writes. */
    private static final Duration FINE_ENOUGH = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final InstantSource clock;

    public Callers(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    Optional<Caller> byBrowser(Secret.Hash hash) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> {
            Optional<Caller> caller = handle.createQuery("""
                            select a.id, a.name, a.email, a.operator, b.organisation, m.role, b.used_at
                            from browser_sessions b
                                join accounts a on a.id = b.account
                                join memberships m on m.organisation = b.organisation and m.account = b.account
                            where b.hash = :hash and b.used_at > :least
                            """)
                    .bind("hash", hash.bytes())
                    .bind("least", Sql.time(now.minus(Cookies.KEPT)))
                    .map((row, context) -> caller(row, new Caller.Browser(hash)))
                    .findOne();
            if (caller.isPresent()) {
                // One from the future was written by a clock that was ahead, and would keep the browser for ever.
                handle.createUpdate("""
                                update browser_sessions set used_at = :now
                                where hash = :hash and used_at not between :fine and :ahead
                                """)
                        .bind("now", Sql.time(now))
                        .bind("hash", hash.bytes())
                        .bind("fine", Sql.time(now.minus(FINE_ENOUGH)))
                        .bind("ahead", Sql.time(now.plus(FINE_ENOUGH)))
                        .execute();
            }
            return caller;
        });
    }

    Optional<Caller> byKey(Secret.Hash hash) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> {
            Optional<Caller> caller = handle.createQuery("""
                            select a.id, a.name, a.email, a.operator, k.organisation, m.role,
                                k.id as key, k.name as key_name, k.scopes
                            from api_keys k
                                join accounts a on a.id = k.account
                                join memberships m on m.organisation = k.organisation and m.account = k.account
                            where k.hash = :hash and (k.expires_at is null or k.expires_at > :now)
                            """)
                    .bind("hash", hash.bytes())
                    .bind("now", Sql.time(now))
                    .map((row, context) -> caller(row, key(row)))
                    .findOne();
            if (caller.isPresent()) {
                handle.createUpdate("""
                                update api_keys set used_at = :now
                                where hash = :hash and (used_at is null or used_at < :fine)
                                """)
                        .bind("now", Sql.time(now))
                        .bind("hash", hash.bytes())
                        .bind("fine", Sql.time(now.minus(FINE_ENOUGH)))
                        .execute();
            }
            return caller;
        });
    }

    private static Caller caller(ResultSet row, Caller.Means means) throws SQLException {
        return new Caller(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getObject("organisation", UUID.class),
                Role.of(row.getString("role")),
                row.getBoolean("operator"),
                means);
    }

    private static Caller.Key key(ResultSet row) throws SQLException {
        String[] scopes = (String[]) row.getArray("scopes").getArray();
        return new Caller.Key(
                row.getObject("key", UUID.class),
                row.getString("key_name"),
                Arrays.stream(scopes).map(Scope::of).collect(Collectors.toUnmodifiableSet()));
    }
}
