package org.everytake.studio.jobs;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Jdbi;

/**
 * Asks for work. A job is a row that is written in the transaction of the fact which causes it, so that neither is there
 * without the other; the runner hears of it after the commit. Any thread may use it.
 */
public final class JobQueue {
    private record Named(String kind, String subject) {}

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Set<Named> cancelled = ConcurrentHashMap.newKeySet();
    private volatile Runnable listener = () -> {};

    public JobQueue(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Asks for work of a kind about a subject, in the transaction of this thread if there is one. Asked for again before
     * it began, it is done once, and now rather than after a pause.
     */
    public void enqueue(String kind, String subject) {
        jdbi.useTransaction(handle -> {
            int waits = handle.createUpdate("""
                            insert into scheduled_tasks
                                (task_name, task_instance, execution_time, picked, consecutive_failures, version)
                            values (:kind, :subject, :now, false, 0, 1)
                            on conflict (task_name, task_instance) do update
                                set execution_time = least(scheduled_tasks.execution_time, excluded.execution_time)
                                where not scheduled_tasks.picked
                            """)
                    .bind("kind", kind)
                    .bind("subject", subject)
                    .bind("now", Sql.time(clock.instant()))
                    .execute();
            handle.afterCommit(() -> {
                if (waits > 0) {
                    // What is asked for anew was not cancelled, whatever became of an earlier one.
                    ended(kind, subject);
                }
                listener.run();
            });
        });
    }

    /** Takes a job back. One that is under way is told to leave off, and ends when it does. */
    public void cancel(String kind, String subject) {
        cancelled.add(new Named(kind, subject));
        int deleted = jdbi.withHandle(handle -> handle.createUpdate("""
                        delete from scheduled_tasks
                        where task_name = :kind and task_instance = :subject and not picked
                        """)
                .bind("kind", kind)
                .bind("subject", subject)
                .execute());
        if (deleted > 0) {
            ended(kind, subject);
        }
    }

    /** Has the job that is being given up done once more instead; called by whoever writes down that it is given up. */
    public void again(String kind, String subject) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            update scheduled_tasks
                            set picked = false, picked_by = null, last_heartbeat = null, consecutive_failures = 0,
                                execution_time = :now, version = version + 1
                            where task_name = :kind and task_instance = :subject
                            """)
                    .bind("kind", kind)
                    .bind("subject", subject)
                    .bind("now", Sql.time(clock.instant()))
                    .execute();
            handle.afterCommit(() -> listener.run());
        });
    }

    /**
     * Takes back, within the caller's transaction, whatever waits about one of these and nobody has begun.
     *
     * @return false if somebody works at one of them at this moment, on whatever server
     */
    public boolean withdraw(List<String> subjects) {
        if (subjects.isEmpty()) {
            return true;
        }
        jdbi.useHandle(handle -> handle.createUpdate(
                        "delete from scheduled_tasks where not picked and task_instance in (<subjects>)")
                .bindList("subjects", subjects)
                .execute());
        return !isUnderWay(subjects);
    }

    /** Whether somebody works at a job about one of these at this moment, on whatever server. */
    public boolean isUnderWay(List<String> subjects) {
        return !subjects.isEmpty()
                && jdbi.withHandle(handle -> handle.createQuery("""
                                select exists (
                                    select 1 from scheduled_tasks where picked and task_instance in (<subjects>))
                                """)
                        .bindList("subjects", subjects)
                        .mapTo(Boolean.class)
                        .one());
    }

    /**
     * How much work there is, but for what repeats by itself.
     *
     * @param retrying of the queued, those that failed before
     */
    public record Load(long queued, long running, long retrying) {}

    public Load load() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*) filter (where not picked) as queued,
                            count(*) filter (where picked) as running,
                            count(*) filter (where not picked and consecutive_failures > 0) as retrying
                        from scheduled_tasks where task_instance <> :itself
                        """)
                .bind("itself", JobKind.ITSELF)
                .map((row, context) -> new Load(row.getLong("queued"), row.getLong("running"), row.getLong("retrying")))
                .one());
    }

    boolean isCancelled(String kind, String subject) {
        return cancelled.contains(new Named(kind, subject));
    }

    void ended(String kind, String subject) {
        cancelled.remove(new Named(kind, subject));
    }

    void onEnqueued(Runnable listener) {
        this.listener = listener;
    }
}
