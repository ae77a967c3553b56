package org.everytake.studio.library.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.people.Audit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Notes when an organisation's storage reaches 80, 95 and 100 %: each once, until it falls below. Any thread. */
public final class StorageSteps {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int[] PERCENT = {80, 95, 100};

    private final Jdbi jdbi;
    private final Audit audit;
    private final InstantSource clock;

    public StorageSteps(Jdbi jdbi, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    /** A step that was reached and not left since. */
    public record Step(int percent, Instant since) {}

    /** The work that repeats by itself. */
    public JobKind kind() {
        return JobKind.every("storage.steps", EVERY, job -> look());
    }

    /** The highest that an organisation has reached. */
    static Optional<Step> highest(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select percent, since from storage_steps where organisation = :organisation
                        order by percent desc limit 1
                        """)
                .bind("organisation", organisation)
                .map((row, context) -> new Step(row.getInt("percent"), Sql.time(row, "since")))
                .findOne();
    }

    private void look() {
        List<UUID> limited = jdbi.withHandle(
                handle -> handle.createQuery("""
                        select id from organisations where plan_size_bytes is not null
                            or id in (select organisation from storage_steps)
                        """).mapTo(UUID.class).list());
        limited.forEach(organisation -> jdbi.useTransaction(handle -> look(handle, organisation)));
    }

    void look(Handle handle, UUID organisation) {
        Plan plan = PlanStore.find(handle, organisation).orElseThrow();
        Double full = Usage.of(handle, organisation).fullness(plan);
        for (int percent : PERCENT) {
            if (full == null || full * 100 < percent) {
                handle.createUpdate(
                                "delete from storage_steps where organisation = :organisation and percent = :percent")
                        .bind("organisation", organisation)
                        .bind("percent", percent)
                        .execute();
                continue;
            }
            int reached = handle.createUpdate("""
                            insert into storage_steps (organisation, percent, since) values (:organisation, :percent, :now)
                            on conflict do nothing
                            """)
                    .bind("organisation", organisation)
                    .bind("percent", percent)
                    .bind("now", Sql.time(clock.instant()))
                    .execute();
            if (reached == 1) {
                audit.note(handle, Audit.Who.server(organisation), "storage-reached", null, percent + " %");
            }
        }
    }
}
