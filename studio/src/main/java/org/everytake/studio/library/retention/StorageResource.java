package org.everytake.studio.library.retention;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Json;
import org.everytake.studio.http.PathId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Routes;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Rights;
import org.everytake.studio.people.Access;
import org.everytake.studio.people.Audit;
import org.everytake.studio.people.Caller;
import org.everytake.studio.people.Role;
import org.everytake.studio.people.Scope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Plans, usage, what will be erased, and legal holds. */
public final class StorageResource implements Routes {
    private static final String PLAN = "/api/v1/organisations/{organisation}";
    private static final int MOST = 500;
    private static final int DAYS_AHEAD = 30;
    private static final int MOST_DAYS = 36_500;

    private final Jdbi jdbi;
    private final RecordingStore recordings;
    private final Rights rights;
    private final StorageSteps steps;
    private final Audit audit;
    private final InstantSource clock;

    public StorageResource(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.recordings = new RecordingStore(jdbi);
        this.rights = new Rights(jdbi);
        this.steps = new StorageSteps(jdbi, audit, clock);
        this.audit = audit;
        this.clock = clock;
    }

    private record PlanView(
            String pack,
            List<String> includes,
            @Nullable Long sizeBytes,
            @Nullable Integer mastersHeight,
            @Nullable Integer mastersDays,
            int tapeDays) {}

    private record UsageView(long totalBytes, long tape, long raw, long video, long sound, long pictures) {}

    private record StorageView(
            PlanView plan, UsageView usage, @Nullable Double fullness, StorageSteps.@Nullable Step reached) {}

    private record NewPlan(
            @Nullable String pack,
            @Nullable Long sizeBytes,
            @Nullable Integer mastersHeight,
            @Nullable Integer mastersDays,
            @Nullable Integer tapeDays) {}

    private record DueView(
            UUID recording,
            String title,
            String kind,
            int days,
            Instant at,
            long sizeBytes,
            @Nullable String waits) {}

    private record GoneView(
            UUID recording, String title, String kind, int days, Instant at, long sizeBytes, boolean keyDestroyed) {}

    private record RetentionView(List<DueView> due, List<GoneView> erased, boolean more) {}

    private record HoldView(UUID recording, Keeping.@Nullable Hold hold) {}

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/storage", this::storage, Access.manager(Scope.ORGANISATION_READ));
        routes.get("/api/v1/retention", this::retention, Access.admin(Scope.ORGANISATION_READ));
        routes.get(PLAN + "/storage", this::storageOf, Access.operator());
        routes.put(PLAN + "/plan", this::plan, Access.operatorInPerson());
        routes.put("/api/v1/recordings/{recording}/hold", this::hold, Access.manager(Scope.RECORDINGS_WRITE));
        routes.delete("/api/v1/recordings/{recording}/hold", this::lift, Access.manager(Scope.RECORDINGS_WRITE));
    }

    private void storage(Context context) {
        UUID organisation = Caller.of(context).organisation();
        context.json(jdbi.withHandle(handle -> view(handle, organisation)));
    }

    private void storageOf(Context context) {
        UUID organisation = organisation(context);
        context.json(jdbi.withHandle(handle -> view(handle, organisation)));
    }

    private void plan(Context context) {
        UUID organisation = organisation(context);
        NewPlan asked = Json.body(context, NewPlan.class);
        if (asked.tapeDays() == null) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A plan says for how many days tape is kept.");
        }
        Plan plan = new Plan(
                        pack(asked.pack()),
                        asked.sizeBytes(),
                        asked.mastersHeight(),
                        asked.mastersDays(),
                        asked.tapeDays())
                .checked();
        context.json(jdbi.inTransaction(handle -> {
            StorageView before = view(handle, organisation);
            PlanStore.put(handle, organisation, plan);
            steps.look(handle, organisation);
            StorageView after = view(handle, organisation);
            if (!before.plan().equals(after.plan())) {
                audit.note(
                        handle,
                        Audit.Who.of(context).in(organisation),
                        "plan-changed",
                        organisation.toString(),
                        words(before.plan()) + " to " + words(after.plan()));
            }
            return after;
        }));
    }

    private static String words(PlanView plan) {
        return plan.pack() + ", " + (plan.sizeBytes() == null ? "no limit" : plan.sizeBytes() + " bytes") + ", tape "
                + plan.tapeDays() + " days, files "
                + (plan.mastersDays() == null ? "for ever" : plan.mastersDays() + " days");
    }

    private static Pack pack(@Nullable String word) {
        try {
            return Pack.of(String.valueOf(word));
        } catch (IllegalArgumentException e) {
            throw new Refused(
                    ErrorId.MALFORMED_REQUEST, "A pack is unlimited, recstorage1, recstorage2 or recstorage3.");
        }
    }

    /** A dry run: what the daily job would erase, were it run at the end of these days. */
    private void retention(Context context) {
        UUID organisation = Caller.of(context).organisation();
        Instant until = clock.instant().plus(Duration.ofDays(days(context.queryParam("days"))));
        context.json(jdbi.withHandle(handle -> {
            List<Due> due = RetentionStore.due(handle, organisation, null, until, MOST + 1);
            return new RetentionView(
                    due.stream().limit(MOST).map(StorageResource::view).toList(),
                    RetentionStore.newest(handle, organisation, MOST).stream()
                            .map(StorageResource::view)
                            .toList(),
                    due.size() > MOST);
        }));
    }

    private static int days(@Nullable String asked) {
        if (asked == null) {
            return DAYS_AHEAD;
        }
        try {
            int days = Integer.parseInt(asked);
            if (days >= 0 && days <= MOST_DAYS) {
                return days;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Refused(ErrorId.MALFORMED_REQUEST, "\"days\" is a whole number from 0 to 36500.");
    }

    private void hold(Context context) {
        Recording recording = find(context);
        Caller caller = Caller.of(context);
        jdbi.useTransaction(handle -> {
            recordings.lock(handle, recording.id());
            if (Holds.put(handle, recording.id(), caller.name(), clock.instant())) {
                note(handle, context, "hold-put", recording);
            }
        });
        answer(context, recording.id());
    }

    private void lift(Context context) {
        Recording recording = find(context);
        jdbi.useTransaction(handle -> {
            recordings.lock(handle, recording.id());
            if (Holds.lift(handle, recording.id())) {
                note(handle, context, "hold-lifted", recording);
            }
        });
        answer(context, recording.id());
    }

    private void note(Handle handle, Context context, String action, Recording recording) {
        audit.note(handle, Audit.Who.of(context), action, recording.id().toString(), recording.title());
    }

    private void answer(Context context, UUID recording) {
        context.json(jdbi.withHandle(handle -> new HoldView(
                recording,
                Optional.ofNullable(RetentionStore.keeping(handle, List.of(recording))
                                .get(recording))
                        .map(Keeping::hold)
                        .orElse(null))));
    }

    /** An admin has to answer for all recordings of the organisation, a manager for those they see. */
    private Recording find(Context context) {
        Caller caller = Caller.of(context);
        return PathId.of(context, "recording")
                .flatMap(id -> caller.role() == Role.ADMIN
                        ? recordings.find(id).filter(one -> recordings.isOf(id, caller.organisation()))
                        : rights.recording(caller, id).map(Rights.Seen::thing))
                .orElseThrow(() -> new Refused(
                        ErrorId.NO_SUCH_RECORDING, "There is no such recording. It may have been deleted."));
    }

    private UUID organisation(Context context) {
        return PathId.of(context, "organisation")
                .filter(id ->
                        jdbi.withHandle(handle -> PlanStore.find(handle, id).isPresent()))
                .orElseThrow(() -> new Refused(ErrorId.NO_SUCH_ORGANISATION, "There is no such organisation."));
    }

    private static StorageView view(Handle handle, UUID organisation) {
        Plan plan = PlanStore.find(handle, organisation).orElseThrow();
        Usage usage = Usage.of(handle, organisation);
        return new StorageView(
                new PlanView(
                        plan.pack().word(),
                        plan.pack().includes(),
                        plan.sizeBytes(),
                        plan.mastersHeight(),
                        plan.mastersDays(),
                        plan.tapeDays()),
                new UsageView(usage.total(), usage.tape(), usage.raw(), usage.video(), usage.sound(), usage.pictures()),
                usage.fullness(plan),
                StorageSteps.highest(handle, organisation).orElse(null));
    }

    private static DueView view(Due due) {
        return new DueView(
                due.recording(), due.title(), due.kind(), due.days(), due.at(), due.sizeBytes(), due.waits());
    }

    private static GoneView view(RetentionStore.Gone gone) {
        Keeping.Erased erased = gone.erased();
        return new GoneView(
                gone.recording(),
                gone.title(),
                erased.kind(),
                erased.days(),
                erased.at(),
                erased.sizeBytes(),
                erased.keyDestroyed());
    }
}
