package org.everytake.studio.people;

import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Links that work once. Any thread; joins the caller's transaction. */
final class LinkStore {
    static final Duration INVITATION = Duration.ofDays(7);
    static final Duration NEW_PASSWORD = Duration.ofHours(24);

    /** The way back in is wanted at once. */
    static final Duration NEW_ADMIN = Duration.ofHours(24);

    private final SecureRandom random;
    private final Supplier<UUID> ids;
    private final InstantSource clock;
    private final URI publicAddress;

    LinkStore(SecureRandom random, Supplier<UUID> ids, InstantSource clock, URI publicAddress) {
        this.random = random;
        this.ids = ids;
        this.clock = clock;
        this.publicAddress = publicAddress;
    }

    enum Purpose {
        FIRST_ADMIN("first-admin"),
        INVITATION("invitation"),
        NEW_PASSWORD("new-password");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Purpose of(String word) {
            for (Purpose purpose : values()) {
                if (purpose.word.equals(word)) {
                    return purpose;
                }
            }
            throw new IllegalArgumentException("no purpose: " + word);
        }
    }

    /** What a link is for. */
    record Link(
            UUID id,
            Purpose purpose,
            @Nullable UUID organisation,
            @Nullable UUID account,
            @Nullable String email,
            @Nullable Role role,
            @Nullable Instant expiresAt) {}

    /** A link that was just made, with its address, which nobody can find out again. */
    record Made(Link link, URI address) {
        @Override
        public String toString() {
            return "Made[" + link.id() + "]";
        }
    }

    Made firstAdmin(Handle handle, UUID organisation, @Nullable Duration good) {
        return make(handle, Purpose.FIRST_ADMIN, organisation, null, null, null, null, good);
    }

    Made invitation(Handle handle, UUID organisation, String email, Role role, UUID by) {
        return make(handle, Purpose.INVITATION, organisation, null, email, role, by, INVITATION);
    }

    Made newPassword(Handle handle, UUID organisation, UUID account, UUID by) {
        return make(handle, Purpose.NEW_PASSWORD, organisation, account, null, null, by, NEW_PASSWORD);
    }

    private Made make(
            Handle handle,
            Purpose purpose,
            UUID organisation,
            @Nullable UUID account,
            @Nullable String email,
            @Nullable Role role,
            @Nullable UUID by,
            @Nullable Duration good) {
        Instant now = clock.instant();
        handle.createUpdate("delete from one_time_links where expires_at <= :now")
                .bind("now", Sql.time(now))
                .execute();
        String secret = Secret.create(random);
        Instant expiresAt = good == null ? null : now.plus(good);
        UUID id = ids.get();
        handle.createUpdate("""
                        insert into one_time_links
                            (hash, purpose, id, organisation, account, email, role, created_by, created_at, expires_at)
                        values (:hash, :purpose, :id, :organisation, :account::uuid, :email, :role, :by::uuid, :now, :expiresAt::timestamptz)
                        """)
                .bind("hash", Secret.hash(secret).bytes())
                .bind("purpose", purpose.word())
                .bind("id", id)
                .bind("organisation", organisation)
                .bind("account", account)
                .bind("email", email)
                .bind("role", role == null ? null : role.word())
                .bind("by", by)
                .bind("now", Sql.time(now))
                .bind("expiresAt", expiresAt == null ? null : Sql.time(expiresAt))
                .execute();
        // In the fragment, which browsers tell nobody and no log sees.
        return new Made(
                new Link(id, purpose, organisation, account, email, role, expiresAt),
                publicAddress.resolve("/welcome#" + secret));
    }

    Optional<Link> look(Handle handle, String token) {
        return handle.createQuery("""
                        select id, purpose, organisation, account, email, role, expires_at
                        from one_time_links
                        where hash = :hash and (expires_at is null or expires_at > :now)
                        """)
                .bind("hash", Secret.hash(token).bytes())
                .bind("now", Sql.time(clock.instant()))
                .map((row, context) -> link(row))
                .findOne();
    }

    /** Uses it up; of several who try, one succeeds. */
    Optional<Link> use(Handle handle, String token) {
        return handle.createQuery("""
                        delete from one_time_links
                        where hash = :hash and (expires_at is null or expires_at > :now)
                        returning id, purpose, organisation, account, email, role, expires_at
                        """)
                .bind("hash", Secret.hash(token).bytes())
                .bind("now", Sql.time(clock.instant()))
                .map((row, context) -> link(row))
                .findOne();
    }

    /** Takes back all of a kind. */
    static void takeBack(Handle handle, Purpose purpose) {
        handle.createUpdate("delete from one_time_links where purpose = :purpose")
                .bind("purpose", purpose.word())
                .execute();
    }

    /** Takes back those for a new password of the account. */
    static void takeBackNewPassword(Handle handle, UUID account) {
        handle.createUpdate("delete from one_time_links where purpose = 'new-password' and account = :account")
                .bind("account", account)
                .execute();
    }

    private static Link link(ResultSet row) throws SQLException {
        String role = row.getString("role");
        return new Link(
                row.getObject("id", UUID.class),
                Purpose.of(row.getString("purpose")),
                row.getObject("organisation", UUID.class),
                row.getObject("account", UUID.class),
                row.getString("email"),
                role == null ? null : Role.of(role),
                Sql.timeOrNull(row, "expires_at"));
    }
}
