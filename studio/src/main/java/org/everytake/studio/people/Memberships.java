package org.everytake.studio.people;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;

/** Who belongs where. Joins the caller's transaction. */
final class Memberships {
    private Memberships() {}

    /** An organisation that somebody belongs to, and as what. */
    record Membership(UUID id, String name, Role role) {}

    static List<Membership> of(Handle handle, UUID account) {
        return handle.createQuery("""
                        select o.id, o.name, m.role
                        from memberships m join organisations o on o.id = m.organisation
                        where m.account = :account
                        order by lower(o.name), o.id
                        limit 1000
                        """)
                .bind("account", account)
                .map((row, context) -> new Membership(
                        row.getObject("id", UUID.class), row.getString("name"), Role.of(row.getString("role"))))
                .list();
    }

    /** Makes them a member, or gives them another role. */
    static void put(Handle handle, UUID organisation, UUID account, Role role, Instant now) {
        handle.createUpdate("""
                        insert into memberships (organisation, account, role, created_at)
                        values (:organisation, :account, :role, :now)
                        on conflict (organisation, account) do update set role = :role
                        """)
                .bind("organisation", organisation)
                .bind("account", account)
                .bind("role", role.word())
                .bind("now", Sql.time(now))
                .execute();
    }

    /** Makes them a member; whoever is one already keeps a role that is more. */
    static void invited(Handle handle, UUID organisation, UUID account, Role role, Instant now) {
        boolean more = of(handle, account).stream()
                .anyMatch(one -> one.id().equals(organisation) && one.role().atLeast(role));
        if (!more) {
            put(handle, organisation, account, role, now);
        }
    }
}
