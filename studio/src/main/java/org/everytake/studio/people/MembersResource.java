package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.http.ShownOnce;
import org.everytake.studio.people.Members.Member;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/members}. */
final class MembersResource implements Routes {
    private static final int PAGE = 100;

    private final Jdbi jdbi;
    private final Names names;
    private final LinkStore links;
    private final Audit audit;

    MembersResource(Jdbi jdbi, Names names, LinkStore links, Audit audit) {
        this.jdbi = jdbi;
        this.names = names;
        this.links = links;
        this.audit = audit;
    }

    private record MembersView(
            List<Member> members, @Nullable UUID next) {}

    private record Change(@Nullable String role, @Nullable String email) {}

    private record LinkView(UUID id, URI link, @Nullable Instant expiresAt) {
        @Override
        public String toString() {
            return "LinkView[" + id + "]";
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/members", this::list, Access.manager(Scope.ORGANISATION_READ));
        routes.patch("/api/v1/members/{account}", this::change, Access.admin(Scope.ORGANISATION_WRITE));
        routes.delete("/api/v1/members/{account}", this::remove, Access.admin(Scope.ORGANISATION_WRITE));
        routes.post("/api/v1/members/{account}/sign-out", this::signOut, Access.admin(Scope.ORGANISATION_WRITE));
        // A key that got lost must not open accounts.
        routes.post("/api/v1/members/{account}/new-password", this::newPassword, Access.adminInPerson());
    }

    private void list(Context context) {
        String after = context.queryParam("after");
        UUID behind = after == null
                ? null
                : PathId.parse(after)
                        .orElseThrow(() -> new Refused(ErrorId.MALFORMED_REQUEST, "\"after\" is no account's id."));
        UUID organisation = Caller.of(context).organisation();
        List<Member> found = jdbi.withHandle(handle -> Members.list(handle, organisation, behind, PAGE + 1));
        List<Member> page = found.subList(0, Math.min(PAGE, found.size()));
        context.json(new MembersView(page, found.size() > PAGE ? page.getLast().account() : null));
    }

    private void change(Context context) {
        Change change = Json.body(context, Change.class);
        Role role = change.role() == null ? null : role(change.role());
        String email = change.email() == null ? null : Email.check(change.email());
        Caller caller = Caller.of(context);
        context.json(jdbi.inTransaction(handle -> {
            Members.lock(handle, caller.organisation());
            Member member = find(handle, context);
            if (role != null && !role.word().equals(member.role())) {
                inPersonIfAdmin(caller, role);
                Members.changeRole(handle, caller.organisation(), member.account(), role);
                note(handle, context, "member-changed", member, member.role() + " to " + role.word());
            }
            if (email != null && !email.equals(member.email())) {
                mayBeTakenOver(handle, caller, member);
                names.readdress(handle, member.account(), email);
                note(handle, context, "member-changed", member, member.email() + " to " + email);
            }
            return find(handle, context);
        }));
    }

    private void remove(Context context) {
        UUID organisation = Caller.of(context).organisation();
        jdbi.useTransaction(handle -> {
            Members.lock(handle, organisation);
            Member member = find(handle, context);
            Members.remove(handle, organisation, member.account());
            note(handle, context, "member-removed", member, member.email());
        });
        context.status(204);
    }

    /** Everywhere: a browser that is in another organisation could come into this one. */
    private void signOut(Context context) {
        jdbi.useTransaction(handle -> {
            Member member = find(handle, context);
            BrowserSessions.endAll(handle, member.account());
            note(handle, context, "member-signed-out", member, member.email());
        });
        context.status(204);
    }

    private void newPassword(Context context) {
        Caller caller = Caller.of(context);
        LinkStore.Made made = jdbi.inTransaction(handle -> {
            Member member = find(handle, context);
            mayBeTakenOver(handle, caller, member);
            LinkStore.takeBackNewPassword(handle, member.account());
            LinkStore.Made link = links.newPassword(handle, caller.organisation(), member.account(), caller.account());
            note(handle, context, "new-password-link-made", member, member.email());
            return link;
        });
        ShownOnce.mark(context, made.link().id());
        context.status(201)
                .json(new LinkView(made.link().id(), made.address(), made.link().expiresAt()));
    }

    /** Whoever sets another's password or address can be them: not in other organisations, nor of the whole server. */
    private static void mayBeTakenOver(Handle handle, Caller caller, Member member) {
        boolean elsewhere = Memberships.of(handle, member.account()).size() > 1;
        if ((member.operator() || elsewhere) && !caller.operator()) {
            throw new Refused(
                    ErrorId.NOT_ALLOWED,
                    member.operator()
                            ? "This account runs the server. Only another such account may do this."
                            : "This account belongs to other organisations too. Ask whoever runs the server.");
        }
    }

    /** A key that got lost must not make admins. */
    static void inPersonIfAdmin(Caller caller, Role role) {
        if (role == Role.ADMIN && caller.means() instanceof Caller.Key) {
            throw new Refused(ErrorId.NOT_ALLOWED, "Admins are made in a browser only, not with a key.");
        }
    }

    static Role role(@Nullable String word) {
        try {
            return Role.of(String.valueOf(word));
        } catch (IllegalArgumentException e) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A role is admin, manager or member.");
        }
    }

    private static Member find(Handle handle, Context context) {
        return PathId.of(context, "account")
                .flatMap(account -> Members.find(handle, Caller.of(context).organisation(), account))
                .orElseThrow(() ->
                        new Refused(ErrorId.NO_SUCH_MEMBER, "This organisation has no such member, or no longer."));
    }

    private void note(Handle handle, Context context, String action, Member member, String detail) {
        audit.note(handle, Audit.Who.of(context), action, member.account().toString(), member.name() + ": " + detail);
    }
}
