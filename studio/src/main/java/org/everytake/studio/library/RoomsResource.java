package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Views.RoomLimitsView;
import org.everytake.studio.library.Views.RoomView;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Jdbi;

/** {@code /api/v1/rooms/{invitation}}: what whoever has the link sees before they come in. */
public final class RoomsResource implements Routes {
    private static final String ATTENDEE = "attendee";

    private final Invitations invitations;
    private final SessionStore sessions;
    private final SessionPeople people;
    private final LivePeople live;

    public RoomsResource(Jdbi jdbi, LivePeople live) {
        this.invitations = new Invitations(jdbi);
        this.sessions = new SessionStore(jdbi);
        this.people = new SessionPeople(jdbi);
        this.live = live;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/rooms/{invitation}", this::get, Access.anybody());
    }

    private void get(Context context) {
        Optional<Caller> caller = Caller.find(context);
        Invitations.Entrance entrance =
                invitations.enter(context.pathParam("invitation"), caller).orElseThrow(Rights::noSuchSession);
        Session session = entrance.session();
        List<SessionPerson> all = people.of(List.of(session.id())).getOrDefault(session.id(), List.of());
        context.json(new RoomView(
                session.title(),
                session.startsAt(),
                session.timeZone(),
                all.stream()
                        .filter(person -> person.role() == SessionRole.HOST)
                        .findFirst()
                        .map(SessionPerson::name)
                        .orElse(null),
                session.mode().word(),
                !sessions.recording(List.of(session.id())).isEmpty(),
                live.count(session.id()),
                new RoomLimitsView(live.most()),
                entrance.role()
                        .filter(SessionRole::hosts)
                        .map(SessionRole::word)
                        .orElse(ATTENDEE),
                caller.map(Caller::name).orElse(null),
                entrance.role().isPresent() ? session.id() : null));
    }
}
