package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.ShownOnce;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/members/invitations}: of people into the organisation. */
final class InvitationsResource implements Routes {
    private final Jdbi jdbi;
    private final Invitations invitations;
    private final Audit audit;

    InvitationsResource(Jdbi jdbi, Invitations invitations, Audit audit) {
        this.jdbi = jdbi;
        this.invitations = invitations;
        this.audit = audit;
    }

    private record NewInvitation(
            @Nullable String email, @Nullable String role) {}

    private record InvitationsView(List<Invitations.Invitation> invitations) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/members/invitations", this::list, Access.manager(Scope.ORGANISATION_READ));
        routes.post("/api/v1/members/invitations", this::invite, Access.admin(Scope.ORGANISATION_WRITE));
        routes.delete(
                "/api/v1/members/invitations/{invitation}", this::takeBack, Access.admin(Scope.ORGANISATION_WRITE));
    }

    private void list(Context context) {
        context.json(new InvitationsView(jdbi.withHandle(
                handle -> invitations.open(handle, Caller.of(context).organisation()))));
    }

    private void invite(Context context) {
        NewInvitation asked = Json.body(context, NewInvitation.class);
        String email = Email.check(asked.email());
        Role role = MembersResource.role(asked.role());
        Caller caller = Caller.of(context);
        MembersResource.inPersonIfAdmin(caller, role);
        Invitations.Invitation made = jdbi.inTransaction(
                handle -> invitations.make(handle, caller.organisation(), email, role, caller, context.ip()));
        ShownOnce.mark(context, made.id());
        context.status(201).json(made);
    }

    private void takeBack(Context context) {
        UUID organisation = Caller.of(context).organisation();
        jdbi.useTransaction(handle -> {
            UUID id = PathId.of(context, "invitation").orElseThrow(InvitationsResource::noSuch);
            String email = delete(handle, organisation, id).orElseThrow(InvitationsResource::noSuch);
            audit.note(handle, Audit.Who.of(context), "invitation-taken-back", id.toString(), email);
        });
        context.status(204);
    }

    private static Optional<String> delete(Handle handle, UUID organisation, UUID id) {
        return handle.createQuery("""
                        delete from one_time_links
                        where purpose = 'invitation' and organisation = :organisation and id = :id
                        returning email
                        """)
                .bind("organisation", organisation)
                .bind("id", id)
                .mapTo(String.class)
                .findOne();
    }

    private static Refused noSuch() {
        return new Refused(
                ErrorId.NO_SUCH_INVITATION, "There is no such invitation. It may have been used, or be too old.");
    }
}
