package org.everytake.studio.people;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The keys by which programs come in. Any thread; joins the caller's transaction. */
final class KeyStore {
    private final SecureRandom random;

    KeyStore(SecureRandom random) {
        this.random = random;
    }

    /** A key as its owner sees it. */
    record Key(
            UUID id,
            String name,
            String hint,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt) {}

    /** A key as admins of its organisation see it. */
    record OwnedKey(@JsonUnwrapped Key key, UUID account, String owner) {}

    /** Keeps a new one; returns the secret, which nobody can find out again. */
    String create(
            Handle handle,
            UUID id,
            Caller owner,
            String name,
            Set<Scope> scopes,
            Instant now,
            @Nullable Instant expiresAt) {
        String secret = Gate.KEY_PREFIX + Secret.create(random);
        handle.createUpdate("""
                        insert into api_keys
                            (id, hash, organisation, account, name, hint, scopes, created_at, expires_at)
                        values (:id, :hash, :organisation, :account, :name, :hint, :scopes, :now, :expiresAt::timestamptz)
                        """)
                .bind("id", id)
                .bind("hash", Secret.hash(secret).bytes())
                .bind("organisation", owner.organisation())
                .bind("account", owner.account())
                .bind("name", name)
                .bind("hint", secret.substring(secret.length() - 4))
                .bindArray(
                        "scopes",
                        String.class,
                        scopes.stream().sorted().map(Scope::word).toList())
                .bind("now", Sql.time(now))
                .bind("expiresAt", expiresAt == null ? null : Sql.time(expiresAt))
                .execute();
        return secret;
    }

    /** The newest first. */
    static List<Key> of(Handle handle, Caller owner) {
        return handle.createQuery("""
                        select id, name, hint, scopes, created_at, expires_at, used_at from api_keys
                        where organisation = :organisation and account = :account
                        order by id desc
                        limit 1000
                        """)
                .bind("organisation", owner.organisation())
                .bind("account", owner.account())
                .map((row, context) -> key(row))
                .list();
    }

    /** Its name; empty if the owner has no such key. */
    static Optional<String> revoke(Handle handle, Caller owner, UUID id) {
        return handle.createQuery("""
                        delete from api_keys
                        where id = :id and organisation = :organisation and account = :account
                        returning name
                        """)
                .bind("id", id)
                .bind("organisation", owner.organisation())
                .bind("account", owner.account())
                .mapTo(String.class)
                .findOne();
    }

    /** All of an organisation, the newest first. */
    static List<OwnedKey> of(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select k.id, k.name, k.hint, k.scopes, k.created_at, k.expires_at, k.used_at,
                            k.account, a.name as owner
                        from api_keys k join accounts a on a.id = k.account
                        where k.organisation = :organisation
                        order by k.id desc
                        limit 1000
                        """)
                .bind("organisation", organisation)
                .map((row, context) ->
                        new OwnedKey(key(row), row.getObject("account", UUID.class), row.getString("owner")))
                .list();
    }

    /** Anybody's of the organisation: whose it was and its name; empty if there is no such key. */
    static Optional<String> revoke(Handle handle, UUID organisation, UUID id) {
        return handle.createQuery("""
                        delete from api_keys k using accounts a
                        where k.id = :id and k.organisation = :organisation and a.id = k.account
                        returning a.name || ': ' || k.name
                        """)
                .bind("id", id)
                .bind("organisation", organisation)
                .mapTo(String.class)
                .findOne();
    }

    private static Key key(ResultSet row) throws SQLException {
        Array scopes = row.getArray("scopes");
        return new Key(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("hint"),
                Arrays.stream((String[]) scopes.getArray())
                        .map(Scope::of)
                        .sorted(Comparator.naturalOrder())
                        .map(Scope::word)
                        .toList(),
                Sql.time(row, "created_at"),
                Sql.timeOrNull(row, "expires_at"),
                Sql.timeOrNull(row, "used_at"));
    }
}
