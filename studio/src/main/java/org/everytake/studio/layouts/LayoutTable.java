package org.everytake.studio.layouts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;

/** The organisations' own layouts. Joins the caller's transaction. */
final class LayoutTable {
    /** How many an organisation may have. */
    static final int MOST = 100;

    /** @param form its JSON, which was checked */
    record Own(UUID id, UUID organisation, String name, String form) {}

    private LayoutTable() {}

    /** By their names. */
    static List<Own> of(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select id, organisation, name, form from layouts where organisation = :organisation
                        order by lower(name) limit :most
                        """)
                .bind("organisation", organisation)
                .bind("most", MOST)
                .map((row, context) -> new Own(
                        row.getObject("id", UUID.class),
                        row.getObject("organisation", UUID.class),
                        row.getString("name"),
                        row.getString("form")))
                .list();
    }

    static Optional<Own> find(Handle handle, UUID organisation, UUID id) {
        return of(handle, organisation).stream()
                .filter(own -> own.id().equals(id))
                .findFirst();
    }

    /** Adds it, or changes the one of its id. */
    static void put(Handle handle, Own own, Instant now) {
        handle.createUpdate("""
                        insert into layouts (id, organisation, name, form, created_at)
                        values (:id, :organisation, :name, :form, :now)
                        on conflict (id) do update set name = excluded.name, form = excluded.form
                        """)
                .bind("id", own.id())
                .bind("organisation", own.organisation())
                .bind("name", own.name())
                .bind("form", own.form())
                .bind("now", Sql.time(now))
                .execute();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("delete from layouts where id = :id").bind("id", id).execute();
    }

    /** Has others who would add one to this organisation wait for the end of this transaction. */
    static void lock(Handle handle, UUID organisation) {
        handle.createQuery("select id from organisations where id = :id for update")
                .bind("id", organisation)
                .mapTo(UUID.class)
                .one();
    }
}
