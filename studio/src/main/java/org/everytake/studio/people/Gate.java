package org.everytake.studio.people;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.everytake.studio.http.Bearer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.jspecify.annotations.Nullable;

/** Stands before every route of the API: finds out who asks, and whether they may. Any thread. */
public final class Gate implements Routes {
    /** Every key begins so, which tells it from the passes of rooms, and lets searches for leaked ones find it. */
    static final String KEY_PREFIX = "etk_";

    private final Callers callers;

    public Gate(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.beforeMatched("/api/v1/*", this::check);
    }

    /** Who asks, if it is known: for what is no route. */
    public Optional<Caller> caller(HttpServletRequest request) {
        return caller(Bearer.of(request), Cookies.read(request));
    }

    static Refused nobody() {
        return new Refused(
                ErrorId.NOT_SIGNED_IN, "Nobody is signed in here, or no longer. Sign in, or show a key that is valid.");
    }

    private void check(Context context) {
        Access access = access(context.routeRoles());
        Optional<Caller> found = caller(context.req());
        found.ifPresent(caller -> caller.remember(context));
        Role least = access.least();
        if (least == null) {
            return;
        }
        Caller caller = found.orElseThrow(Gate::nobody);
        if (!caller.role().atLeast(least) || (access.operatorOnly() && !caller.operator())) {
            throw new Refused(ErrorId.NOT_ALLOWED, "Your role does not allow this. Ask an admin.");
        }
        if (caller.means() instanceof Caller.Key) {
            Scope scope = access.scope();
            if (scope == null) {
                throw new Refused(ErrorId.NOT_ALLOWED, "This is done in a browser only, not with a key.");
            }
            if (!caller.may(scope)) {
                throw new Refused(ErrorId.NOT_ALLOWED, "The key lacks the scope " + scope.word() + ".");
            }
        }
    }

    private Optional<Caller> caller(@Nullable String bearer, @Nullable String cookie) {
        if (bearer != null && bearer.startsWith(KEY_PREFIX)) {
            // A key that is not valid is not made up for by a cookie: a program would work by accident.
            return callers.byKey(Secret.hash(bearer));
        }
        return cookie == null || cookie.isEmpty() ? Optional.empty() : callers.byBrowser(Secret.hash(cookie));
    }

    private static Access access(Set<RouteRole> roles) {
        if (roles.size() == 1 && roles.iterator().next() instanceof Access access) {
            return access;
        }
        throw new IllegalStateException("the route does not say who may call it");
    }
}
