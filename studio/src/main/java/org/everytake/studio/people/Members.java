package org.everytake.studio.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The members of an organisation, for whoever manages them. Joins the caller's transaction. */
final class Members {
    private static final String COLUMNS = """
            select a.id, a.name, a.email, a.operator, m.role, m.created_at,
                (select max(b.used_at) from browser_sessions b
                    where b.account = a.id and b.organisation = m.organisation) as seen_at
            from memberships m join accounts a on a.id = m.account
            where m.organisation = :organisation
            """;

    private Members() {}

    /** @param seenAt null if they have no browser signed in here */
    record Member(
            UUID account,
            String name,
            String email,
            String role,
            boolean operator,
            Instant joinedAt,
            @Nullable Instant seenAt) {}

    /** By name; with {@code after}, those behind that one. */
    static List<Member> list(Handle handle, UUID organisation, @Nullable UUID after, int limit) {
        return handle.createQuery(COLUMNS + """
                            and (:after::uuid is null or (lower(a.name), a.id)
                                > (select lower(o.name), o.id from accounts o where o.id = :after::uuid))
                        order by lower(a.name), a.id
                        limit :limit
                        """)
                .bind("organisation", organisation)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> member(row))
                .list();
    }

    static Optional<Member> find(Handle handle, UUID organisation, UUID account) {
        return handle.createQuery(COLUMNS + " and m.account = :account")
                .bind("organisation", organisation)
                .bind("account", account)
                .map((row, context) -> member(row))
                .findOne();
    }

    static void changeRole(Handle handle, UUID organisation, UUID account, Role role) {
        handle.createUpdate(
                        "update memberships set role = :role where organisation = :organisation and account = :account")
                .bind("role", role.word())
                .bind("organisation", organisation)
                .bind("account", account)
                .execute();
        anAdminIsLeft(handle, organisation);
    }

    static void remove(Handle handle, UUID organisation, UUID account) {
        handle.createUpdate("delete from memberships where organisation = :organisation and account = :account")
                .bind("organisation", organisation)
                .bind("account", account)
                .execute();
        anAdminIsLeft(handle, organisation);
    }

    /** Whoever changes roles comes one after the other, so that two admins cannot remove each other at once. */
    static void lock(Handle handle, UUID organisation) {
        handle.createQuery("select id from organisations where id = :organisation for update")
                .bind("organisation", organisation)
                .mapTo(UUID.class)
                .one();
    }

    private static void anAdminIsLeft(Handle handle, UUID organisation) {
        boolean any = handle.createQuery(
                        "select exists (select from memberships where organisation = :organisation and role = 'admin')")
                .bind("organisation", organisation)
                .mapTo(Boolean.class)
                .one();
        if (!any) {
            throw new Refused(
                    ErrorId.LAST_ADMIN, "An organisation keeps at least one admin. Make somebody else an admin first.");
        }
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getString("role"),
                row.getBoolean("operator"),
                Sql.time(row, "created_at"),
                Sql.timeOrNull(row, "seen_at"));
    }
}
