package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.Text;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/organisations}, for who runs the server, and {@code /api/v1/organisation}, the one that one is in. */
final class OrganisationsResource implements Routes {
    private static final int MOST_OF_A_NAME = 120;

    private final Jdbi jdbi;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    OrganisationsResource(Jdbi jdbi, Audit audit, Supplier<UUID> ids, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private record Name(@Nullable String name) {}

    private record OrganisationsView(List<OrganisationStore.Organisation> organisations) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/organisations", this::list, Access.operator());
        routes.post("/api/v1/organisations", this::create, Access.operatorInPerson());
        routes.patch("/api/v1/organisation", this::rename, Access.admin(Scope.ORGANISATION_WRITE));
    }

    private void list(Context context) {
        context.json(new OrganisationsView(jdbi.withHandle(OrganisationStore::list)));
    }

    private void create(Context context) {
        String name = name(context);
        UUID id = ids.get();
        UUID maker = Caller.of(context).account();
        context.status(201).json(jdbi.inTransaction(handle -> {
            OrganisationStore.create(handle, id, name, clock.instant());
            Memberships.put(handle, id, maker, Role.ADMIN, clock.instant());
            audit.note(handle, Audit.Who.of(context), "organisation-made", id.toString(), name);
            return OrganisationStore.find(handle, id).orElseThrow();
        }));
    }

    private void rename(Context context) {
        String name = name(context);
        Caller caller = Caller.of(context);
        context.json(jdbi.inTransaction(handle -> {
            OrganisationStore.rename(handle, caller.organisation(), name);
            audit.note(
                    handle,
                    Audit.Who.of(context),
                    "organisation-renamed",
                    caller.organisation().toString(),
                    name);
            return MeResource.me(handle, caller);
        }));
    }

    private static String name(Context context) {
        return Text.line(Json.body(context, Name.class).name(), "An organisation's name", MOST_OF_A_NAME);
    }
}
