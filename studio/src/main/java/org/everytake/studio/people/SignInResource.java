package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sign-in} with a password, and {@code /api/v1/sign-out}. */
final class SignInResource implements Routes {
    private final Jdbi jdbi;
    private final Passwords passwords;
    private final Door door;
    private final Audit audit;
    private final @Nullable Offered oidc;

    /** @param oidc what people call the provider, or null if there is none */
    SignInResource(Jdbi jdbi, Passwords passwords, Door door, Audit audit, @Nullable String oidc) {
        this.oidc = oidc == null ? null : new Offered(oidc, OidcResource.PATH);
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.door = door;
        this.audit = audit;
    }

    private record Offer(boolean setUp, @Nullable Offered oidc) {}

    private record Offered(String label, String path) {}

    private record Shown(@Nullable String email, @Nullable String password) {
        @Override
        public String toString() {
            return "Shown";
        }
    }

    private record Out(@Nullable Boolean everywhere) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/sign-in", this::offer, Access.anybody());
        routes.post("/api/v1/sign-in", this::signIn, Access.anybody());
        routes.post("/api/v1/sign-out", this::signOut, Access.anybody());
    }

    private void offer(Context context) {
        context.json(new Offer(jdbi.withHandle(AccountStore::anyOperator), oidc));
    }

    private void signIn(Context context) {
        Shown shown = Json.body(context, Shown.class);
        String email = Email.check(shown.email());
        String password = shown.password();
        if (password == null) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The password is missing.");
        }
        Account account = passwords
                .check(context, email, password)
                .orElseThrow(() -> new Refused(
                        ErrorId.WRONG_SIGN_IN,
                        "The e-mail address or the password is wrong, or there is no such account."));
        door.open(context, jdbi.inTransaction(handle -> door.enter(handle, account.id(), "by password", context.ip())));
    }

    private void signOut(Context context) {
        Out out = Json.body(context, Out.class);
        boolean everywhere = Boolean.TRUE.equals(out.everywhere());
        Optional<Caller> caller = Caller.find(context);
        if (caller.isPresent() && caller.get().means() instanceof Caller.Browser browser) {
            jdbi.useTransaction(handle -> {
                if (everywhere) {
                    BrowserSessions.endAll(handle, caller.get().account());
                } else {
                    BrowserSessions.end(handle, browser.session());
                }
                audit.note(handle, Audit.Who.of(context), everywhere ? "sign-out-everywhere" : "sign-out", null, null);
            });
        }
        Cookies.takeBack(context);
        context.status(204);
    }
}
