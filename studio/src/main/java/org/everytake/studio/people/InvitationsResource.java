package org.everytake.studio.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
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
    private static final int MOST = 1000;

    private final Jdbi jdbi;
    private final LinkStore links;
    private final Audit audit;
    private final InstantSource clock;

    InvitationsResource(Jdbi jdbi, LinkStore links, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.links = links;
        this.audit = audit;
        this.clock = clock;
    }

    private record NewInvitation(
            @Nullable String email, @Nullable String role) {}

    private record InvitationsView(List<Invitation> invitations) {}

    /** @param link told once, to whoever made it */
    private record Invitation(
            UUID id,
            String email,
            String role,
            @Nullable String invitedBy,
            Instant createdAt,
            Instant expiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            URI link) {
        Invitation with(URI address) {
            return new Invitation(id, email, role, invitedBy, createdAt, expiresAt, address);
        }

        @Override
        public String toString() {
            return "Invitation[" + id + "]";
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/members/invitations", this::list, Access.manager(Scope.ORGANISATION_READ));
        routes.post("/api/v1/members/invitations", this::invite, Access.admin(Scope.ORGANISATION_WRITE));
        routes.delete(
                "/api/v1/members/invitations/{invitation}", this::takeBack, Access.admin(Scope.ORGANISATION_WRITE));
    }

    private void list(Context context) {
        context.json(new InvitationsView(
                jdbi.withHandle(handle -> open(handle, Caller.of(context).organisation()))));
    }

    private void invite(Context context) {
        NewInvitation asked = Json.body(context, NewInvitation.class);
        String email = Email.check(asked.email());
        Role role = MembersResource.role(asked.role());
        Caller caller = Caller.of(context);
        MembersResource.inPersonIfAdmin(caller, role);
        Invitation made = jdbi.inTransaction(handle -> {
            notYet(handle, caller.organisation(), email);
            forget(handle, caller.organisation(), email);
            LinkStore.Made link = links.invitation(handle, caller.organisation(), email, role, caller.account());
            UUID id = link.link().id();
            audit.note(handle, Audit.Who.of(context), "invitation-made", id.toString(), email + ", " + role.word());
            return open(handle, caller.organisation()).stream()
                    .filter(one -> one.id().equals(id))
                    .findFirst()
                    .orElseThrow()
                    .with(link.address());
        });
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

    private static void notYet(Handle handle, UUID organisation, String email) {
        boolean member = AccountStore.byEmail(handle, email)
                .flatMap(account -> Members.find(handle, organisation, account.id()))
                .isPresent();
        if (member) {
            throw new Refused(ErrorId.ALREADY_MEMBER, "Whoever has this address is a member already.");
        }
    }

    private static void forget(Handle handle, UUID organisation, String email) {
        handle.createUpdate("""
                        delete from one_time_links
                        where purpose = 'invitation' and organisation = :organisation and email = :email
                        """)
                .bind("organisation", organisation)
                .bind("email", email)
                .execute();
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

    private List<Invitation> open(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select l.id, l.email, l.role, a.name, l.created_at, l.expires_at
                        from one_time_links l left join accounts a on a.id = l.created_by
                        where l.purpose = 'invitation' and l.organisation = :organisation and l.expires_at > :now
                        order by l.id desc
                        limit :most
                        """)
                .bind("organisation", organisation)
                .bind("now", Sql.time(clock.instant()))
                .bind("most", MOST)
                .map((row, context) -> new Invitation(
                        row.getObject("id", UUID.class),
                        row.getString("email"),
                        row.getString("role"),
                        row.getString("name"),
                        Sql.time(row, "created_at"),
                        Sql.time(row, "expires_at"),
                        null))
                .list();
    }

    private static Refused noSuch() {
        return new Refused(
                ErrorId.NO_SUCH_INVITATION, "There is no such invitation. It may have been used, or be too old.");
    }
}
