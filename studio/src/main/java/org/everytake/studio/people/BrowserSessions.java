package org.everytake.studio.people;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;

/** Browsers in which somebody is signed in. Any thread; joins the caller's transaction. */
final class BrowserSessions {
    private final SecureRandom random;
    private final InstantSource clock;

    BrowserSessions(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /** Signs in, in the organisation that the account used last; returns the cookie's secret. */
    String begin(Handle handle, UUID account) {
        UUID organisation = lastUsed(handle, account)
                .orElseThrow(() -> new Refused(
                        ErrorId.NOT_ALLOWED,
                        "This account belongs to no organisation any more. Ask an admin to invite you."));
        return begin(handle, account, organisation);
    }

    String begin(Handle handle, UUID account, UUID organisation) {
        Instant now = clock.instant();
        handle.createUpdate("delete from browser_sessions where account = :account and used_at < :least")
                .bind("account", account)
                .bind("least", Sql.time(now.minus(Cookies.KEPT)))
                .execute();
        String secret = Secret.create(random);
        handle.createUpdate("""
                        insert into browser_sessions (hash, account, organisation, created_at, used_at)
                        values (:hash, :account, :organisation, :now, :now)
                        """)
                .bind("hash", Secret.hash(secret).bytes())
                .bind("account", account)
                .bind("organisation", organisation)
                .bind("now", Sql.time(now))
                .execute();
        return secret;
    }

    static void end(Handle handle, Secret.Hash browser) {
        handle.createUpdate("delete from browser_sessions where hash = :hash")
                .bind("hash", browser.bytes())
                .execute();
    }

    static void endAll(Handle handle, UUID account) {
        handle.createUpdate("delete from browser_sessions where account = :account")
                .bind("account", account)
                .execute();
    }

    static void endOthers(Handle handle, UUID account, Secret.Hash browser) {
        handle.createUpdate("delete from browser_sessions where account = :account and hash <> :hash")
                .bind("account", account)
                .bind("hash", browser.bytes())
                .execute();
    }

    /** Goes to another organisation; false if the account does not belong to it. */
    static boolean move(Handle handle, Secret.Hash browser, UUID organisation) {
        return handle.createUpdate("""
                        update browser_sessions b set organisation = :organisation
                        where b.hash = :hash and exists (
                            select from memberships m where m.account = b.account and m.organisation = :organisation)
                        """)
                        .bind("organisation", organisation)
                        .bind("hash", browser.bytes())
                        .execute()
                > 0;
    }

    private static Optional<UUID> lastUsed(Handle handle, UUID account) {
        return handle.createQuery("""
                        select m.organisation
                        from memberships m
                        where m.account = :account
                        order by (select max(b.used_at) from browser_sessions b
                                where b.account = m.account and b.organisation = m.organisation) desc nulls last,
                            m.created_at, m.organisation
                        limit 1
                        """)
                .bind("account", account)
                .mapTo(UUID.class)
                .findOne();
    }
}
