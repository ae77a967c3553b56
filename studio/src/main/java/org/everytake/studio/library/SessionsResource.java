package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Revision;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Views.SessionsView;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sessions}. */
public final class SessionsResource implements Routes {
    private static final String ONE = "/api/v1/sessions/{session}";

    private final Jdbi jdbi;
    private final SessionStore sessions;
    private final SessionPeople people;
    private final SessionList list;
    private final SessionViews views;
    private final SessionDeletion deletion;
    private final Rights rights;
    private final Audit audit;
    private final Ids ids;
    private final InstantSource clock;

    public SessionsResource(Jdbi jdbi, LivePeople live, Audit audit, Ids ids, InstantSource clock, URI publicAddress) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.sessions = new SessionStore(jdbi);
        this.people = new SessionPeople(jdbi);
        this.list = new SessionList(jdbi, live, clock);
        this.views = new SessionViews(jdbi, live, publicAddress);
        this.deletion = new SessionDeletion(jdbi, clock);
        this.rights = new Rights(jdbi);
        this.ids = ids;
        this.clock = clock;
    }

    private record DeletedView(UUID session, Instant restorableUntil) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/sessions", this::create, Access.member(Scope.SESSIONS_WRITE));
        routes.get("/api/v1/sessions", this::list, Access.member(Scope.SESSIONS_READ));
        routes.get(ONE, context -> answer(context, find(context).thing()), Access.member(Scope.SESSIONS_READ));
        routes.patch(ONE, this::change, Access.member(Scope.SESSIONS_WRITE));
        routes.delete(ONE, this::delete, Access.member(Scope.SESSIONS_WRITE));
        routes.post(ONE + "/restore", this::restore, Access.member(Scope.SESSIONS_WRITE));
        routes.post(
                ONE + "/invitation", context -> invite(context, ids.invitation()), Access.member(Scope.SESSIONS_WRITE));
        routes.delete(ONE + "/invitation", context -> invite(context, null), Access.member(Scope.SESSIONS_WRITE));
    }

    private void create(Context context) {
        Caller caller = Caller.of(context);
        SessionInput asked = Json.body(context, SessionInput.class);
        SessionStore.Settings settings = asked.settings();
        var host = new SessionPerson(Rights.address(caller), caller.name(), SessionRole.HOST);
        var everybody = asked.people(List.of(host));
        Session session = jdbi.inTransaction(handle -> {
            Session created = sessions.create(
                    ids.next(), caller.organisation(), caller.account(), ids.invitation(), settings, clock.instant());
            people.set(created, everybody);
            note(handle, context, "session-made", created);
            return created;
        });
        context.status(201).header("Location", "/api/v1/sessions/" + session.id());
        answer(context, session);
    }

    private void list(Context context) {
        Caller caller = Caller.of(context);
        Page page = list.page(caller, Page.Asked.of(context));
        context.json(new SessionsView(views.of(sessions.all(page.ids()), caller), page.next()));
    }

    private void change(Context context) {
        Session now = Rights.change(find(context));
        Revision.check(context, now.revision());
        SessionInput asked = Json.body(context, SessionInput.class);
        SessionStore.Settings settings = asked.settings(now);
        Long revision = context.header("If-Match") == null ? null : now.revision();
        answer(context, jdbi.inTransaction(handle -> {
            Session changed = sessions.change(now.id(), revision, settings).orElseThrow(Revision::changed);
            if (asked.namesPeople()) {
                people.set(changed, asked.people(people.of(List.of(now.id())).getOrDefault(now.id(), List.of())));
            } else {
                people.words(changed);
            }
            note(handle, context, "session-changed", changed);
            return changed;
        }));
    }

    private void delete(Context context) {
        Session session = Rights.change(find(context));
        Revision.check(context, session.revision());
        context.json(new DeletedView(session.id(), jdbi.inTransaction(handle -> {
            Instant until = deletion.delete(session.id());
            note(handle, context, "session-deleted", session);
            return until;
        })));
    }

    private void restore(Context context) {
        Caller caller = Caller.of(context);
        Session deleted = PathId.of(context, "session")
                .flatMap(sessions::findEvenDeleted)
                .flatMap(session -> rights.role(caller, session).map(role -> new Rights.Seen<>(session, role)))
                .map(Rights::change)
                .orElseThrow(Rights::noSuchSession);
        answer(context, jdbi.inTransaction(handle -> {
            note(handle, context, "session-restored", deleted);
            return deletion.restore(deleted.id());
        }));
    }

    private void invite(Context context, @Nullable String invitation) {
        Session session = Rights.change(find(context));
        Revision.check(context, session.revision());
        answer(context, jdbi.inTransaction(handle -> {
            note(handle, context, invitation == null ? "invitation-revoked" : "invitation-renewed", session);
            return sessions.invite(session.id(), invitation);
        }));
    }

    private void note(Handle handle, Context context, String action, Session session) {
        audit.note(handle, Audit.Who.of(context), action, session.id().toString(), session.title());
    }

    private Rights.Seen<Session> find(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "session")
                .flatMap(id -> rights.session(caller, id))
                .orElseThrow(Rights::noSuchSession);
    }

    private void answer(Context context, Session session) {
        Revision.tag(context, session.revision());
        context.json(views.of(List.of(session), Caller.of(context)).getFirst());
    }
}
