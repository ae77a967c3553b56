package org.everytake.studio.jobs;

import java.time.InstantSource;
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
            handle.createUpdate("""
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
            handle.afterCommit(() -> listener.run());
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
