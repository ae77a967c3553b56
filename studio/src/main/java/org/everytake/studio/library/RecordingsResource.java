package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.http.Bearer;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Revision;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Views.ManifestView;
import org.everytake.studio.library.Views.RecordingView;
import org.everytake.studio.library.Views.RecordingsView;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/recordings}, and starting one in a session. */
public final class RecordingsResource implements Routes {
    private static final int PAGE = 50;

    private final Jdbi jdbi;
    private final SessionStore sessions;
    private final RecordingStore recordings;
    private final TakeStore takes;
    private final RenditionStore renditions;
    private final RecordingControl control;
    private final RenditionMaker maker;
    private final MayChange mayChange;
    private final Deletion deletion;

    public RecordingsResource(
            Jdbi jdbi, RecordingControl control, RenditionMaker maker, MayChange mayChange, InstantSource clock) {
        this.jdbi = jdbi;
        this.sessions = new SessionStore(jdbi);
        this.recordings = new RecordingStore(jdbi);
        this.takes = new TakeStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.control = control;
        this.maker = maker;
        this.mayChange = mayChange;
        this.deletion = new Deletion(jdbi, recordings, renditions, maker, clock);
    }

    private record NewRecording(@Nullable String title) {}

    private record NewTitle(@Nullable String title) {}

    private record DeletedView(UUID recording, Instant restorableUntil) {}

    /** Who is in the room starts and stops by their pass, without an account. */
    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/sessions/{session}/recordings", this::start, Access.anybody());
        routes.post("/api/v1/recordings/{recording}/stop", this::stop, Access.anybody());
        routes.get("/api/v1/recordings", this::list, Access.member(Scope.RECORDINGS_READ));
        routes.get(
                "/api/v1/recordings/{recording}",
                context -> answer(context, find(context)),
                Access.member(Scope.RECORDINGS_READ));
        routes.patch("/api/v1/recordings/{recording}", this::rename, Access.member(Scope.RECORDINGS_WRITE));
        routes.delete("/api/v1/recordings/{recording}", this::delete, Access.member(Scope.RECORDINGS_WRITE));
        routes.post("/api/v1/recordings/{recording}/restore", this::restore, Access.member(Scope.RECORDINGS_WRITE));
        routes.get("/api/v1/recordings/{recording}/manifest", this::manifest, Access.member(Scope.RECORDINGS_READ));
        routes.post(
                "/api/v1/recordings/{recording}/renditions/{rendition}/retry",
                this::retry,
                Access.member(Scope.RECORDINGS_WRITE));
    }

    private void start(Context context) {
        Session session = SessionsResource.find(sessions, context.pathParam("session"));
        NewRecording asked = Json.body(context, NewRecording.class);
        String title = asked.title() == null ? null : Title.check(asked.title());
        Recording recording = control.start(session, Bearer.of(context), title);
        context.status(201).header("Location", "/api/v1/recordings/" + recording.id());
        answer(context, recording);
    }

    private void stop(Context context) {
        Recording recording = find(context);
        answer(context, control.stop(recording.id(), Bearer.of(context)));
    }

    private void rename(Context context) {
        Recording recording = findToChange(context);
        Revision.check(context, recording.revision());
        String title = Title.check(Json.body(context, NewTitle.class).title());
        boolean conditional = context.header("If-Match") != null;
        answer(
                context,
                recordings
                        .rename(recording.id(), conditional ? recording.revision() : null, title)
                        .orElseThrow(Revision::changed));
    }

    private void delete(Context context) {
        Recording recording = findToChange(context);
        Revision.check(context, recording.revision());
        context.json(new DeletedView(recording.id(), deletion.delete(recording.id())));
    }

    private void restore(Context context) {
        Recording deleted = PathId.of(context, "recording")
                .flatMap(recordings::findWithTape)
                .orElseThrow(Deletion::noSuch);
        mayChange.check(context, deleted);
        answer(context, deletion.restore(deleted.id()));
    }

    private void list(Context context) {
        String after = context.queryParam("after");
        UUID before = after == null
                ? null
                : PathId.parse(after)
                        .orElseThrow(() -> new Refused(ErrorId.MALFORMED_REQUEST, "\"after\" is no recording's id."));
        List<Recording> found = recordings.newest(context.queryParam("session"), before, PAGE + 1);
        List<Recording> page = found.subList(0, Math.min(PAGE, found.size()));
        UUID next = found.size() > PAGE ? page.getLast().id() : null;
        context.json(new RecordingsView(page.stream().map(this::view).toList(), next == null ? null : next.toString()));
    }

    private void manifest(Context context) {
        Recording recording = find(context);
        UUID id = recording.id();
        context.json(ManifestView.of(recording, takes.people(id), takes.takes(id), renditions.of(id)));
    }

    private void retry(Context context) {
        Recording recording = findToChange(context);
        UUID id = PathId.of(context, "rendition")
                .flatMap(rendition -> renditions.find(recording.id(), rendition))
                .map(Rendition::id)
                .orElseThrow(() -> new Refused(ErrorId.NO_SUCH_RENDITION, "This recording has no such rendition."));
        jdbi.useTransaction(handle -> {
            // Asked twice, the second finds it queued, and nothing more is to be done.
            if (renditions.retry(id)) {
                maker.make(id);
            }
        });
        context.status(202);
        answer(context, find(context));
    }

    private Recording find(Context context) {
        return PathId.of(context, "recording").flatMap(recordings::find).orElseThrow(Deletion::noSuch);
    }

    /** The recording, if whoever asks may change it. */
    private Recording findToChange(Context context) {
        Recording recording = find(context);
        mayChange.check(context, recording);
        return recording;
    }

    private void answer(Context context, Recording recording) {
        Revision.tag(context, recording.revision());
        context.json(view(recording));
    }

    private RecordingView view(Recording recording) {
        return RecordingView.of(recording, takes.people(recording.id()), renditions.of(recording.id()));
    }
}
