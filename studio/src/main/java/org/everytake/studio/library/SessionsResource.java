package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Views.SessionView;
import org.everytake.studio.library.Views.SessionsView;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Scope;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sessions}. */
public final class SessionsResource implements Routes {
    private static final int PAGE = 50;

    private final SessionStore sessions;
    private final LivePeople people;
    private final Ids ids;
    private final InstantSource clock;
    private final URI publicAddress;

    public SessionsResource(SessionStore sessions, LivePeople people, Ids ids, InstantSource clock, URI publicAddress) {
        this.sessions = sessions;
        this.people = people;
        this.ids = ids;
        this.clock = clock;
        this.publicAddress = publicAddress;
    }

    private record NewSession(@Nullable String title) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/sessions", this::create, Access.member(Scope.SESSIONS_WRITE));
        routes.get("/api/v1/sessions", this::list, Access.member(Scope.SESSIONS_READ));
        // Its id is its link.
        routes.get("/api/v1/sessions/{session}", this::get, Access.anybody());
    }

    private void create(Context context) {
        String title = Title.check(Json.body(context, NewSession.class).title());
        String id = ids.session();
        sessions.create(id, title, clock.instant());
        context.status(201).header("Location", "/api/v1/sessions/" + id).json(view(find(sessions, id)));
    }

    private void list(Context context) {
        List<Session> found = sessions.newest(context.queryParam("after"), PAGE + 1);
        List<Session> page = found.subList(0, Math.min(PAGE, found.size()));
        String next = found.size() > PAGE ? page.getLast().id() : null;
        context.json(new SessionsView(page.stream().map(this::view).toList(), next));
    }

    private void get(Context context) {
        context.json(view(find(sessions, context.pathParam("session"))));
    }

    private SessionView view(Session session) {
        return SessionView.of(session, publicAddress, people);
    }

    static Session find(SessionStore sessions, String id) {
        return sessions.find(id)
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_SESSION, "There is no such session. Ask whoever invited you for a new link."));
    }
}
