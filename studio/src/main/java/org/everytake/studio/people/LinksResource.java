package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.LinkStore.Link;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/links}: what a one-time link is for, and using it. */
final class LinksResource implements Routes {
    private final Jdbi jdbi;
    private final LinkStore links;
    private final Welcome welcome;
    private final Door door;

    LinksResource(Jdbi jdbi, LinkStore links, Welcome welcome, Door door) {
        this.jdbi = jdbi;
        this.links = links;
        this.welcome = welcome;
        this.door = door;
    }

    private record Token(@Nullable String token) {
        @Override
        public String toString() {
            return "Token";
        }
    }

    private record Use(
            @Nullable String token,
            @Nullable String name,
            @Nullable String email,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Use";
        }
    }

    private record LinkView(
            String purpose,
            @Nullable String organisation,
            @Nullable String email,
            @Nullable String name,
            @Nullable String role,
            boolean accountExists,
            @Nullable Instant expiresAt) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/links/look", this::look, Access.anybody());
        routes.post("/api/v1/links/use", this::use, Access.anybody());
    }

    private void look(Context context) {
        String token = token(Json.body(context, Token.class).token());
        context.json(jdbi.inTransaction(handle -> view(handle, find(handle, token))));
    }

    private void use(Context context) {
        Use use = Json.body(context, Use.class);
        String token = token(use.token());
        Link link = jdbi.withHandle(handle -> find(handle, token));
        // What takes long, or may be refused, comes before the link is used up.
        Welcome.Guest guest = switch (link.purpose()) {
            case FIRST_ADMIN -> welcome.firstAdmin(link, use.name(), use.email(), use.password());
            case INVITATION -> welcome.invited(context, link, use.name(), use.password());
            case NEW_PASSWORD -> welcome.newPassword(link, use.password());
        };
        Door.In in = jdbi.inTransaction(handle -> {
            if (links.use(handle, token).isEmpty()) {
                throw noSuch();
            }
            return guest.arrive(handle, context.ip());
        });
        door.open(context, in);
    }

    private Link find(Handle handle, String token) {
        return links.look(handle, token).orElseThrow(LinksResource::noSuch);
    }

    private static String token(@Nullable String given) {
        if (given == null) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The token is missing.");
        }
        return given;
    }

    private static Refused noSuch() {
        return new Refused(
                ErrorId.NO_SUCH_LINK,
                "This link was used, was taken back, or is too old. Ask whoever gave it to you for a new one.");
    }

    private static LinkView view(Handle handle, Link link) {
        String email = link.email();
        UUID account = link.account();
        Optional<Account> known = email == null ? Optional.empty() : AccountStore.byEmail(handle, email);
        if (account != null) {
            known = AccountStore.find(handle, account);
        }
        return new LinkView(
                link.purpose().word(),
                OrganisationStore.name(handle, link.organisation()),
                known.map(Account::email).orElse(email),
                known.map(Account::name).orElse(null),
                link.role() == null ? null : link.role().word(),
                known.isPresent(),
                link.expiresAt());
    }
}
