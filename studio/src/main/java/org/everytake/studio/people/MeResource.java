package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/me}: one's own account. */
final class MeResource implements Routes {
    private final Jdbi jdbi;
    private final Names names;
    private final Passwords passwords;
    private final Audit audit;

    MeResource(Jdbi jdbi, Names names, Passwords passwords, Audit audit) {
        this.names = names;
        this.jdbi = jdbi;
        this.passwords = passwords;
        this.audit = audit;
    }

    private record Change(
            @Nullable String name,
            @Nullable String email,
            @Nullable String newPassword,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Change";
        }
    }

    private record Move(@Nullable UUID organisation) {}

    @Override
    public void addTo(RoutesConfig routes) {
        // With any key, whatever it is good for: a program may ask whose it is.
        routes.get("/api/v1/me", this::get, Access.anybody());
        routes.patch("/api/v1/me", this::change, Access.inPerson());
        routes.post("/api/v1/me/organisation", this::move, Access.inPerson());
    }

    private void get(Context context) {
        Caller caller = Caller.find(context).orElseThrow(Gate::nobody);
        context.json(jdbi.inTransaction(handle -> me(handle, caller)));
    }

    private void change(Context context) {
        Caller caller = Caller.of(context);
        Change change = Json.body(context, Change.class);
        String name = change.name() == null ? null : Welcome.name(change.name());
        String email = change.email() == null ? null : Email.check(change.email());
        if (email != null && caller.role() != Role.ADMIN) {
            // Invitations to sessions go by e-mail address: nobody takes another's.
            throw new Refused(ErrorId.NOT_ALLOWED, "Ask an admin to change your e-mail address.");
        }
        if (email != null || change.newPassword() != null) {
            present(context, caller, change.password());
        }
        String hash = change.newPassword() == null ? null : passwords.hashNew(change.newPassword());
        context.json(jdbi.inTransaction(handle -> {
            UUID account = caller.account();
            List<String> what = new ArrayList<>();
            if (name != null && !name.equals(caller.name())) {
                names.rename(handle, account, name);
                what.add("name: " + name);
            }
            if (email != null && !email.equals(caller.email())) {
                names.readdress(handle, account, email);
                what.add("e-mail address: " + email);
            }
            Audit.Who who = Audit.Who.of(context);
            if (!what.isEmpty()) {
                audit.note(handle, who, "account-changed", account.toString(), String.join(", ", what));
            }
            if (hash != null) {
                AccountStore.password(handle, account, hash);
                BrowserSessions.endOthers(handle, account, Door.browser(caller));
                LinkStore.takeBackNewPassword(handle, account);
                audit.note(handle, who, "password-changed", account.toString(), null);
            }
            return me(handle, caller);
        }));
    }

    /** Refuses unless the present password was shown too: the browser may have been left alone. */
    private void present(Context context, Caller caller, @Nullable String password) {
        Account account = jdbi.withHandle(handle -> AccountStore.find(handle, caller.account()))
                .orElseThrow(Gate::nobody);
        if (account.password() != null
                && passwords
                        .check(context, account.email(), password == null ? "" : password)
                        .isEmpty()) {
            throw new Refused(ErrorId.WRONG_PASSWORD, "That is not your present password.");
        }
    }

    private void move(Context context) {
        Caller caller = Caller.of(context);
        UUID organisation = Json.body(context, Move.class).organisation();
        if (organisation == null) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "The organisation is missing.");
        }
        context.json(jdbi.inTransaction(handle -> {
            if (!BrowserSessions.move(handle, Door.browser(caller), organisation)) {
                throw new Refused(ErrorId.NO_SUCH_ORGANISATION, "You do not belong to such an organisation.");
            }
            return Me.of(handle, caller.account(), organisation, "browser");
        }));
    }

    static Me me(Handle handle, Caller caller) {
        String means = switch (caller.means()) {
            case Caller.Browser browser -> "browser";
            case Caller.Key key -> "key";
        };
        return Me.of(handle, caller.account(), caller.organisation(), means);
    }
}
