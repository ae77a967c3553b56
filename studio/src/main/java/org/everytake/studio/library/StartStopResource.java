package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.Bearer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Revision;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Starting and stopping a recording: by host and co-hosts, who show the pass of the room they are in, or are signed in,
 * or come with a key (CAP-4).
 */
public final class StartStopResource implements Routes {
    private final Jdbi jdbi;
    private final SessionStore sessions;
    private final RecordingStore recordings;
    private final RecordingViews views;
    private final Rights rights;
    private final RecordingControl control;
    private final Audit audit;

    public StartStopResource(Jdbi jdbi, RecordingControl control, Audit audit) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.sessions = new SessionStore(jdbi);
        this.recordings = new RecordingStore(jdbi);
        this.views = new RecordingViews(jdbi);
        this.rights = new Rights(jdbi);
        this.control = control;
    }

    private record NewRecording(@Nullable String title) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/sessions/{session}/recordings", this::start, Access.anybody());
        routes.post("/api/v1/recordings/{recording}/stop", this::stop, Access.anybody());
    }

    private void start(Context context) {
        Session session = PathId.of(context, "session").flatMap(sessions::find).orElseThrow(Rights::noSuchSession);
        String by = host(context, session, Rights.noSuchSession());
        NewRecording asked = Json.body(context, NewRecording.class);
        String title = asked.title() == null ? null : Title.check(asked.title());
        Recording recording = control.start(session, by, title);
        note(context, session, by, "recording-started", recording);
        context.status(201).header("Location", "/api/v1/recordings/" + recording.id());
        answer(context, recording);
    }

    private void stop(Context context) {
        Recording recording =
                PathId.of(context, "recording").flatMap(recordings::find).orElseThrow(Deletion::noSuch);
        Session session = sessions.find(recording.session()).orElseThrow(Deletion::noSuch);
        String by = host(context, session, Deletion.noSuch());
        Recording stopped = control.stop(recording.id(), by);
        if (recording.state().isLive()) {
            note(context, session, by, "recording-stopped", stopped);
        }
        answer(context, stopped);
    }

    /** Afterwards, in a transaction of its own: what is recorded does not wait for the log. */
    private void note(Context context, Session session, String by, String action, Recording recording) {
        Audit.Who who = Caller.find(context)
                .map(caller -> Audit.Who.of(caller, context.ip()))
                .orElseGet(() -> Audit.Who.guest(session.organisation(), by, context.ip()));
        jdbi.useTransaction(
                handle -> audit.note(handle, who, action, recording.id().toString(), recording.title()));
    }

    /** The name of who asks, if they are host or co-host. */
    private String host(Context context, Session session, Refused unseen) {
        Optional<Caller> caller = Caller.find(context);
        String pass = Bearer.of(context);
        if (pass != null
                && caller.filter(one -> one.means() instanceof Caller.Key).isEmpty()) {
            return control.host(session.id(), pass);
        }
        Caller asking = caller.orElseThrow(() -> new Refused(
                ErrorId.NO_PASS, "Only host and co-hosts may do this. Show the pass that joining gave, or sign in."));
        if (!asking.may(Scope.RECORDINGS_WRITE)) {
            throw new Refused(ErrorId.NOT_ALLOWED, "The key lacks the scope " + Scope.RECORDINGS_WRITE.word() + ".");
        }
        Rights.change(rights.role(asking, session)
                .map(role -> new Rights.Seen<>(session, role))
                .orElseThrow(() -> unseen));
        return asking.name();
    }

    /** Who comes by a pass is of no organisation, and records: as a host or a co-host. */
    private void answer(Context context, Recording recording) {
        Revision.tag(context, recording.revision());
        UUID session = recording.session();
        SessionRole role = Caller.find(context)
                .flatMap(caller -> sessions.find(session).flatMap(one -> rights.role(caller, one)))
                .filter(SessionRole::hosts)
                .orElse(SessionRole.CO_HOST);
        context.json(views.of(List.of(recording), ignored -> role).getFirst());
    }
}
