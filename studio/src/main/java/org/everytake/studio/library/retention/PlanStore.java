package org.everytake.studio.library.retention;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The plans of organisations, each in its organisation's row. Joins the caller's transaction. */
final class PlanStore {
    private PlanStore() {}

    /** Empty if there is no such organisation. */
    static Optional<Plan> find(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select plan_pack, plan_size_bytes, plan_masters_height, plan_masters_days, plan_tape_days
                        from organisations where id = :id
                        """)
                .bind("id", organisation)
                .map((row, context) -> new Plan(
                        Pack.of(row.getString("plan_pack")),
                        row.getObject("plan_size_bytes", Long.class),
                        row.getObject("plan_masters_height", Integer.class),
                        row.getObject("plan_masters_days", Integer.class),
                        row.getInt("plan_tape_days")))
                .findOne();
    }

    static void put(Handle handle, UUID organisation, Plan plan) {
        handle.createUpdate("""
                        update organisations set plan_pack = :pack, plan_size_bytes = :size,
                            plan_masters_height = :height, plan_masters_days = :masters, plan_tape_days = :tape
                        where id = :id
                        """)
                .bind("pack", plan.pack().word())
                .bind("size", plan.sizeBytes())
                .bind("height", plan.mastersHeight())
                .bind("masters", plan.mastersDays())
                .bind("tape", plan.tapeDays())
                .bind("id", organisation)
                .execute();
    }
}
