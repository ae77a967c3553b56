package org.everytake.studio.library;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Revision;
import org.everytake.studio.http.Routes;
import org.everytake.studio.layouts.LayoutChoice;
import org.everytake.studio.library.retention.RetentionStore;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/recordings/{recording}/renditions}: files in another format or layout than those that are made by themselves;
 * and {@code .../sides}: the sides of a call, which are watched beside each other.
 */
public final class RenditionsResource implements Routes {
    private static final String RECORDING = "/api/v1/recordings/{recording}";

    private final Jdbi jdbi;
    private final SessionStore sessions;
    private final RecordingStore recordings;
    private final TakeStore takes;
    private final RenditionStore renditions;
    private final RecordingViews views;
    private final RenditionMaker maker;
    private final Rights rights;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    public RenditionsResource(Jdbi jdbi, RenditionMaker maker, Audit audit, Supplier<UUID> ids, InstantSource clock) {
        this.jdbi = jdbi;
        this.sessions = new SessionStore(jdbi);
        this.recordings = new RecordingStore(jdbi);
        this.takes = new TakeStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.views = new RecordingViews(jdbi);
        this.maker = maker;
        this.rights = new Rights(jdbi);
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    private record Asked(
            @Nullable String kind,
            @Nullable String format,
            @Nullable String person,
            @Nullable String layout) {}

    /** A file that can be. */
    private record Wanted(
            Rendition.Kind kind,
            RenditionFormat format,
            @Nullable RecordedPerson person,
            @Nullable ChosenLayout layout) {
        /** What one person sent; in which format shows when it is read. */
        static Wanted asSent(RecordedPerson person) {
            return new Wanted(Rendition.Kind.PARTICIPANT, RenditionFormat.WEBM, person, null);
        }

        boolean is(Rendition rendition) {
            return rendition.kind() == kind
                    && (rendition.format() == format || rendition.isAsSent() && Rendition.isAsSent(kind, format))
                    && (person == null || person.person().equals(rendition.person()))
                    && ChosenLayout.same(layout, rendition.layout());
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(RECORDING + "/renditions", this::makeOne, Access.member(Scope.RECORDINGS_WRITE));
        // Whoever may watch may ask for them, as for a film: they cost next to nothing.
        routes.post(RECORDING + "/sides", this::makeSides, Access.member(Scope.RECORDINGS_READ));
    }

    private void makeOne(Context context) {
        Rights.Seen<Recording> seen = seen(context);
        Recording recording = Rights.change(seen);
        Wanted wanted = wanted(recording, Caller.of(context).organisation(), Json.body(context, Asked.class));
        make(context, seen, List.of(wanted));
    }

    private void makeSides(Context context) {
        Rights.Seen<Recording> seen = seen(context);
        Recording recording = seen.thing();
        if (!recording.mode().recordsPicture()) {
            throw withoutPicture();
        }
        make(context, seen, whoSent(recording.id()).stream().map(Wanted::asSent).toList());
    }

    private Rights.Seen<Recording> seen(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "recording")
                .flatMap(id -> rights.recording(caller, id))
                .orElseThrow(Deletion::noSuch);
    }

    private List<RecordedPerson> whoSent(UUID recording) {
        Set<String> sent = takes.takes(recording).stream()
                .filter(take -> take.packets() > 0)
                .map(TakeFacts::person)
                .collect(Collectors.toSet());
        return takes.people(recording).stream()
                .filter(person -> sent.contains(person.person()))
                .toList();
    }

    /** Has those made that are not there, and again what failed; answers 202 and the recording. */
    private void make(Context context, Rights.Seen<Recording> seen, List<Wanted> files) {
        UUID id = seen.thing().id();
        jdbi.useTransaction(handle -> {
            // As whoever erases, and whoever names files, take it.
            recordings.lock(handle, id);
            List<Rendition> there = renditions.of(id);
            List<Wanted> missing = files.stream()
                    .filter(wanted -> there.stream().noneMatch(wanted::is))
                    .toList();
            List<Rendition> failed = there.stream()
                    .filter(one -> one.state() == RenditionState.FAILED
                            && files.stream().anyMatch(wanted -> wanted.is(one)))
                    .toList();
            if (!missing.isEmpty() || !failed.isEmpty()) {
                possible(handle, id);
            }
            for (Wanted wanted : missing) {
                recordings.processing(id, seen.thing().durationMillis());
                maker.make(create(seen.thing(), wanted));
            }
            failed.stream().filter(one -> renditions.retry(one.id())).forEach(one -> maker.make(one.id()));
            if (!missing.isEmpty()) {
                audit.note(
                        handle,
                        Audit.Who.of(context),
                        "rendition-asked",
                        id.toString(),
                        seen.thing().title());
            }
        });
        context.status(202);
        Recording now = recordings.find(id).orElseThrow(Deletion::noSuch);
        Revision.tag(context, now.revision());
        context.json(views.of(List.of(now), one -> seen.role()).getFirst());
    }

    /** @throws Refused if nothing can be made of the recording */
    private void possible(Handle handle, UUID recording) {
        if (recordings.find(recording).orElseThrow(Deletion::noSuch).state().isLive()) {
            throw new Refused(
                    ErrorId.NOT_READY, "The recording still runs. Files of it can be made once it is stopped.");
        }
        RetentionStore.tapeErased(handle, recording).ifPresent(when -> {
            throw new Refused(
                    ErrorId.TAPE_ERASED,
                    "The tape of this recording was erased, as the plan says, so nothing can be made of it any more.");
        });
    }

    private Wanted wanted(Recording recording, UUID organisation, Asked asked) {
        Rendition.Kind kind = Arrays.stream(Rendition.Kind.values())
                .filter(known -> known.word().equals(asked.kind))
                .findFirst()
                .orElseThrow(() -> malformed("There is no kind \"" + asked.kind + "\" of file."));
        RenditionFormat format = RenditionFormat.find(String.valueOf(asked.format))
                .filter(known -> known.fits(kind))
                .orElseThrow(() -> malformed(
                        "A file of the kind " + kind.word() + " is not made in the format \"" + asked.format + "\"."));
        if (kind.isOfPicture() && !recording.mode().recordsPicture()) {
            throw withoutPicture();
        }
        if (kind.isOfOne() == (asked.person == null)) {
            throw malformed(
                    kind.isOfOne()
                            ? "\"person\" is missing: a file of the kind " + kind.word() + " is of one person."
                            : "A file of the kind " + kind.word() + " is of everybody: leave \"person\" out.");
        }
        RecordedPerson person = asked.person == null
                ? null
                : takes.people(recording.id()).stream()
                        .filter(one -> one.person().equals(asked.person))
                        .findFirst()
                        .orElseThrow(() -> malformed("Nobody in this recording is \"" + asked.person + "\"."));
        if (asked.layout != null && kind != Rendition.Kind.COMPOSITE) {
            throw malformed("Only a file of the kind composite has a layout: leave \"layout\" out.");
        }
        return new Wanted(
                kind, format, person, asked.layout == null ? null : layout(recording, organisation, asked.layout));
    }

    /** Null for the usual one: a file is the same whether that was asked for or nothing was. */
    private @Nullable ChosenLayout layout(Recording recording, UUID organisation, String wanted) {
        LayoutChoice choice = jdbi.withHandle(handle -> LayoutChoice.find(handle, organisation, wanted))
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_LAYOUT,
                        "There is no layout \"" + wanted + "\"; it may have been deleted. Choose another one."));
        return choice.usual()
                ? null
                : new ChosenLayout(
                        choice.name(),
                        choice.form(),
                        sessions.find(recording.session())
                                .map(Session::timeZone)
                                .orElse(null));
    }

    private UUID create(Recording recording, Wanted wanted) {
        Set<String> used = new HashSet<>();
        renditions.of(recording.id()).forEach(other -> used.add(other.name().toLowerCase(Locale.ROOT)));
        String base = wanted.person == null ? FileNames.after(recording.title(), wanted.layout) : wanted.person.name();
        return renditions.create(
                ids.get(),
                recording.id(),
                wanted.kind,
                wanted.format,
                wanted.person == null ? null : wanted.person.person(),
                wanted.layout,
                FileNames.unused(base, wanted.format.extension(), used),
                clock.instant());
    }

    private static Refused withoutPicture() {
        return malformed("This recording is of sound alone; it has no picture.");
    }

    private static Refused malformed(String sentence) {
        return new Refused(ErrorId.MALFORMED_REQUEST, sentence);
    }
}
