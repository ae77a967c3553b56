package org.everytake.studio.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The organisations. Joins the caller's transaction. */
final class OrganisationStore {
    private static final int MOST = 1000;
    private static final String COLUMNS = """
            select o.id, o.name, o.created_at,
                (select count(*) from memberships m where m.organisation = o.id) as members
            from organisations o
            """;

    private OrganisationStore() {}

    record Organisation(UUID id, String name, int members, Instant createdAt) {}

    static @Nullable String name(Handle handle, @Nullable UUID organisation) {
        return organisation == null
                ? null
                : find(handle, organisation).map(Organisation::name).orElse(null);
    }

    static Optional<Organisation> find(Handle handle, UUID id) {
        return handle.createQuery(COLUMNS + " where o.id = :id")
                .bind("id", id)
                .map((row, context) -> organisation(row))
                .findOne();
    }

    static List<Organisation> list(Handle handle) {
        return handle.createQuery(COLUMNS + " order by lower(o.name), o.id limit :most")
                .bind("most", MOST)
                .map((row, context) -> organisation(row))
                .list();
    }

    static void create(Handle handle, UUID id, String name, Instant now) {
        handle.createUpdate("insert into organisations (id, name, created_at) values (:id, :name, :now)")
                .bind("id", id)
                .bind("name", name)
                .bind("now", Sql.time(now))
                .execute();
    }

    static void rename(Handle handle, UUID id, String name) {
        handle.createUpdate("update organisations set name = :name where id = :id")
                .bind("name", name)
                .bind("id", id)
                .execute();
    }

    private static Organisation organisation(ResultSet row) throws SQLException {
        return new Organisation(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("members"),
                Sql.time(row, "created_at"));
    }
}
