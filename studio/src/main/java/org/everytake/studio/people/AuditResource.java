package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/audit}: what people did. */
final class AuditResource implements Routes {
    private static final int PAGE = 100;

    private final Jdbi jdbi;

    AuditResource(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Entry(
            UUID id,
            Instant at,
            @Nullable UUID account,
            String name,
            String means,
            @Nullable String address,
            String action,
            @Nullable String object,
            @Nullable String detail) {}

    private record AuditView(List<Entry> entries, @Nullable UUID next) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/audit", this::list, Access.admin(Scope.ORGANISATION_READ));
    }

    private void list(Context context) {
        String after = context.queryParam("after");
        UUID before = after == null
                ? null
                : PathId.parse(after)
                        .orElseThrow(() -> new Refused(ErrorId.MALFORMED_REQUEST, "\"after\" is no entry's id."));
        List<Entry> found = newest(Caller.of(context), before);
        List<Entry> page = found.subList(0, Math.min(PAGE, found.size()));
        context.json(new AuditView(page, found.size() > PAGE ? page.getLast().id() : null));
    }

    /** Those of the organisation, and for who runs the server those of none. Each half has the index. */
    private List<Entry> newest(Caller caller, @Nullable UUID before) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        (select * from audit
                            where organisation = :organisation and (:before::uuid is null or id < :before::uuid)
                            order by id desc limit :limit)
                        union all
                        (select * from audit
                            where organisation is null and :operator and (:before::uuid is null or id < :before::uuid)
                            order by id desc limit :limit)
                        order by id desc
                        limit :limit
                        """)
                .bind("organisation", caller.organisation())
                .bind("operator", caller.operator())
                .bind("before", before)
                .bind("limit", PAGE + 1)
                .map((row, context) -> new Entry(
                        row.getObject("id", UUID.class),
                        Sql.time(row, "at"),
                        row.getObject("account", UUID.class),
                        row.getString("name"),
                        row.getString("means"),
                        row.getString("address"),
                        row.getString("action"),
                        row.getString("object"),
                        row.getString("detail")))
                .list());
    }
}
