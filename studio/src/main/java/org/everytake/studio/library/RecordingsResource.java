package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Revision;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Views.ManifestView;
import org.everytake.studio.library.Views.RecordingsView;
import org.everytake.studio.library.retention.RetentionStore;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/recordings}. */
public final class RecordingsResource implements Routes {
    private static final String ALL = "/api/v1/recordings";
    private static final String ONE = ALL + "/{recording}";

    private final Jdbi jdbi;
    private final RecordingStore recordings;
    private final TakeStore takes;
    private final RenditionStore renditions;
    private final RecordingList list;
    private final RecordingViews views;
    private final RenditionMaker maker;
    private final Rights rights;
    private final Deletion deletion;
    private final Audit audit;

    public RecordingsResource(Jdbi jdbi, RenditionMaker maker, Audit audit, InstantSource clock) {
        this.audit = audit;
        this.jdbi = jdbi;
        this.recordings = new RecordingStore(jdbi);
        this.takes = new TakeStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.list = new RecordingList(jdbi);
        this.views = new RecordingViews(jdbi);
        this.maker = maker;
        this.rights = new Rights(jdbi);
        this.deletion = new Deletion(jdbi, recordings, renditions, maker, clock);
    }

    private record NewTitle(@Nullable String title) {}

    private record DeletedView(UUID recording, Instant restorableUntil) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ALL, this::list, Access.member(Scope.RECORDINGS_READ));
        routes.get(ONE, context -> answer(context, find(context)), Access.member(Scope.RECORDINGS_READ));
        routes.patch(ONE, this::rename, Access.member(Scope.RECORDINGS_WRITE));
        routes.delete(ONE, this::delete, Access.member(Scope.RECORDINGS_WRITE));
        routes.post(ONE + "/restore", this::restore, Access.member(Scope.RECORDINGS_WRITE));
        routes.get(ONE + "/manifest", this::manifest, Access.member(Scope.RECORDINGS_READ));
        routes.post(ONE + "/renditions/{rendition}/retry", this::retry, Access.member(Scope.RECORDINGS_WRITE));
    }

    private void rename(Context context) {
        Rights.Seen<Recording> seen = find(context);
        Recording recording = Rights.change(seen);
        Revision.check(context, recording.revision());
        String title = Title.check(Json.body(context, NewTitle.class).title());
        boolean conditional = context.header("If-Match") != null;
        Recording renamed = jdbi.inTransaction(handle -> {
            note(handle, context, "recording-renamed", recording);
            return recordings
                    .rename(recording.id(), conditional ? recording.revision() : null, title)
                    .orElseThrow(Revision::changed);
        });
        answer(context, new Rights.Seen<>(renamed, seen.role()));
    }

    private void delete(Context context) {
        Recording recording = Rights.change(find(context));
        Revision.check(context, recording.revision());
        context.json(new DeletedView(recording.id(), jdbi.inTransaction(handle -> {
            note(handle, context, "recording-deleted", recording);
            return deletion.delete(recording.id());
        })));
    }

    private void restore(Context context) {
        Caller caller = Caller.of(context);
        Rights.Seen<Recording> deleted = PathId.of(context, "recording")
                .flatMap(recordings::findWithTape)
                .flatMap(recording -> rights.see(caller, recording))
                .orElseThrow(Deletion::noSuch);
        Recording restored = jdbi.inTransaction(handle -> {
            note(handle, context, "recording-restored", Rights.change(deleted));
            return deletion.restore(deleted.thing().id());
        });
        answer(context, new Rights.Seen<>(restored, deleted.role()));
    }

    private void list(Context context) {
        Caller caller = Caller.of(context);
        String session = context.queryParam("session");
        UUID of = session == null
                ? null
                : PathId.parse(session)
                        .orElseThrow(() -> new Refused(ErrorId.MALFORMED_REQUEST, "\"session\" is no session's id."));
        Page page = list.page(caller, Page.Asked.of(context), of, context.queryParam("state"));
        context.json(new RecordingsView(views.of(recordings.all(page.ids()), caller), page.next()));
    }

    private void manifest(Context context) {
        Recording recording = find(context).thing();
        UUID id = recording.id();
        if (context.queryParamMap().containsKey("download")) {
            context.header("Content-Disposition", "attachment; filename=\"manifest.json\"");
        }
        context.json(ManifestView.of(
                recording,
                takes.people(id),
                takes.takes(id),
                renditions.shown(List.of(id)).getOrDefault(id, List.of())));
    }

    private void retry(Context context) {
        Recording recording = Rights.change(find(context));
        UUID id = PathId.of(context, "rendition")
                .flatMap(rendition -> renditions.find(recording.id(), rendition))
                .map(Rendition::id)
                .orElseThrow(() -> new Refused(ErrorId.NO_SUCH_RENDITION, "This recording has no such rendition."));
        jdbi.useTransaction(handle -> {
            // Asked twice, the second finds it queued, and nothing more is to be done.
            if (renditions.retry(id)) {
                // Its row is taken by now, as whoever erases takes it.
                RetentionStore.tapeErased(handle, recording.id()).ifPresent(when -> {
                    throw new Refused(
                            ErrorId.TAPE_ERASED,
                            "The tape of this recording was erased, as the plan says, so nothing can be made of it any"
                                    + " more.");
                });
                note(handle, context, "rendition-retried", recording);
                maker.make(id);
            }
        });
        context.status(202);
        answer(context, find(context));
    }

    private void note(Handle handle, Context context, String action, Recording recording) {
        audit.note(handle, Audit.Who.of(context), action, recording.id().toString(), recording.title());
    }

    private Rights.Seen<Recording> find(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "recording")
                .flatMap(id -> rights.recording(caller, id))
                .orElseThrow(Deletion::noSuch);
    }

    private void answer(Context context, Rights.Seen<Recording> seen) {
        Revision.tag(context, seen.thing().revision());
        context.json(views.of(List.of(seen.thing()), recording -> seen.role()).getFirst());
    }
}
