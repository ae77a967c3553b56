package org.everytake.studio.whip;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.everytake.studio.db.Sql;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.people.Secret;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tokens, of whatever session. Any thread; joins the caller's transaction. */
final class TokenStore {
    /** Every token begins so, which tells it from keys, and lets searches for leaked ones find it. */
    static final String PREFIX = "ett_";

    /** When something was used is told to the minute, so that not every request writes. */
    private static final Duration FINE_ENOUGH = Duration.ofMinutes(1);

    private static final String SELECT = """
            select t.id, t.session, s.mode, t.name, t.hint, t.rights, t.created_at, t.expires_at, t.used_at
            from tokens t join sessions s on s.id = t.session
            """;

    private final SecureRandom random;

    TokenStore(SecureRandom random) {
        this.random = random;
    }

    /** Keeps a new one; returns the secret, which nobody can find out again. */
    String create(
            Handle handle,
            UUID id,
            UUID session,
            String name,
            Set<Right> rights,
            Instant now,
            @Nullable Instant expiresAt) {
        String secret = PREFIX + Secret.create(random);
        handle.createUpdate("""
                        insert into tokens (id, hash, session, name, hint, rights, created_at, expires_at)
                        values (:id, :hash, :session, :name, :hint, :rights, :now, :expiresAt::timestamptz)
                        """)
                .bind("id", id)
                .bind("hash", Secret.hash(secret).bytes())
                .bind("session", session)
                .bind("name", name)
                .bind("hint", secret.substring(secret.length() - 4))
                .bindArray(
                        "rights",
                        String.class,
                        rights.stream().sorted().map(Right::word).toList())
                .bind("now", Sql.time(now))
                .bind("expiresAt", expiresAt == null ? null : Sql.time(expiresAt))
                .execute();
        return secret;
    }

    /** Those of a session, the newest first. */
    static List<Token> of(Handle handle, UUID session) {
        return handle.createQuery(SELECT + " where t.session = :session order by t.id desc limit 1000")
                .bind("session", session)
                .map((row, context) -> token(row))
                .list();
    }

    /** Whose secret this is, and that it was used now; empty if it was revoked, has expired, or its session is gone. */
    static Optional<Token> show(Handle handle, String secret, Instant now) {
        Optional<Token> token = handle.createQuery(SELECT + """
                         where t.hash = :hash and s.deleted_at is null and (t.expires_at is null or t.expires_at > :now)
                        """)
                .bind("hash", Secret.hash(secret).bytes())
                .bind("now", Sql.time(now))
                .map((row, context) -> token(row))
                .findOne();
        token.ifPresent(found -> handle.createUpdate("""
                        update tokens set used_at = :now where id = :id and (used_at is null or used_at < :fine)
                        """)
                .bind("now", Sql.time(now))
                .bind("id", found.id())
                .bind("fine", Sql.time(now.minus(FINE_ENOUGH)))
                .execute());
        return token;
    }

    /** Its name; empty if the session has no such token. */
    static Optional<String> revoke(Handle handle, UUID session, UUID id) {
        return handle.createQuery("delete from tokens where id = :id and session = :session returning name")
                .bind("id", id)
                .bind("session", session)
                .mapTo(String.class)
                .findOne();
    }

    private static Token token(ResultSet row) throws SQLException {
        String[] rights = (String[]) row.getArray("rights").getArray();
        return new Token(
                row.getObject("id", UUID.class),
                row.getObject("session", UUID.class),
                SessionMode.of(row.getString("mode")),
                row.getString("name"),
                row.getString("hint"),
                Arrays.stream(rights).map(Right::of).collect(Collectors.toUnmodifiableSet()),
                Sql.time(row, "created_at"),
                Sql.timeOrNull(row, "expires_at"),
                Sql.timeOrNull(row, "used_at"));
    }
}
