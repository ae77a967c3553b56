package org.everytake.studio.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.ShownOnce;
import org.everytake.studio.http.Text;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/organisations}, for who runs the server, and {@code /api/v1/organisation}, the one that one is in. */
final class OrganisationsResource implements Routes {
    private static final int MOST_OF_A_NAME = 120;

    private final Jdbi jdbi;
    private final Invitations invitations;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    OrganisationsResource(Jdbi jdbi, Invitations invitations, Audit audit, Supplier<UUID> ids, InstantSource clock) {
        this.jdbi = jdbi;
        this.invitations = invitations;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private record Name(@Nullable String name) {}

    /** @param admin the address of somebody who is invited to look after it */
    private record NewOrganisation(
            @Nullable String name, @Nullable String admin) {}

    private record Made(
            UUID id,
            String name,
            int members,
            Instant createdAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) Invitations.@Nullable Invitation invitation) {}

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
        NewOrganisation asked = Json.body(context, NewOrganisation.class);
        String name = check(asked.name());
        String email = asked.admin() == null ? null : Email.check(asked.admin());
        UUID id = ids.get();
        Caller maker = Caller.of(context);
        Made made = jdbi.inTransaction(handle -> {
            OrganisationStore.create(handle, id, name, clock.instant());
            Memberships.put(handle, id, maker.account(), Role.ADMIN, clock.instant());
            audit.note(handle, Audit.Who.of(context), "organisation-made", id.toString(), name);
            OrganisationStore.Organisation found =
                    OrganisationStore.find(handle, id).orElseThrow();
            Invitations.Invitation invitation =
                    email == null ? null : invitations.make(handle, id, email, Role.ADMIN, maker, context.ip());
            return new Made(id, found.name(), found.members(), found.createdAt(), invitation);
        });
        if (made.invitation() != null) {
            ShownOnce.mark(context, made.invitation().id());
        }
        context.status(201).json(made);
    }

    private void rename(Context context) {
        String name = check(Json.body(context, Name.class).name());
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

    private static String check(@Nullable String name) {
        return Text.line(name, "An organisation's name", MOST_OF_A_NAME);
    }
}
