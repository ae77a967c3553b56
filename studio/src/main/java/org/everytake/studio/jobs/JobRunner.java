package org.everytake.studio.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.everytake.studio.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work that was asked for: each job once at a time, as many at once as there are threads, again after a failure,
 * and again after a crash. Jobs run on platform threads of the scheduler.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    /** What is asked for here begins at once; only what waits for its time, or was asked for on another server, waits for this. */
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration TIME_TO_LEAVE_OFF = Duration.ofSeconds(2);

    private final Database database;
    private final JobQueue queue;
    private final InstantSource clock;
    private final String node;
    private final Scheduler scheduler;
    private final JobFailures failed = new JobFailures();
    private volatile boolean stopping;

    /**
     * @param node the name of this server among those that share the database; the same after a restart
     * @param threads how many jobs run at once
     */
    public JobRunner(
            Database database, JobQueue queue, List<JobKind> kinds, String node, int threads, InstantSource clock) {
        this.database = database;
        this.queue = queue;
        this.clock = clock;
        this.node = node;
        List<Task<?>> asked = new ArrayList<>();
        List<RecurringTask<Void>> repeating = new ArrayList<>();
        for (JobKind kind : kinds) {
            if (kind.every() == null) {
                asked.add(asked(kind));
            } else {
                repeating.add(repeating(kind, kind.every()));
            }
        }
        this.scheduler = Scheduler.create(database.dataSource(), asked)
                .startTasks(repeating)
                .threads(threads)
                .schedulerName(new SchedulerName.Fixed(node))
                .clock(clock::instant)
                .pollingInterval(POLL)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .pollUsingLockAndFetch(0.5, 1.0)
                .shutdownMaxWait(TIME_TO_LEAVE_OFF)
                .failureLogging(LogLevel.DEBUG, false)
                .build();
    }

    /** Takes up the work: first what this server was at when it ended. */
    public void start() {
        int released = database.jdbi()
                .withHandle(
                        handle -> handle.createUpdate("""
                        update scheduled_tasks
                        set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
                        where picked and picked_by = :node
                        """).bind("node", node).execute());
        if (released > 0) {
            log.info("{} jobs that were under way when the server ended are taken up again", released);
        }
        scheduler.start();
        queue.onEnqueued(scheduler::triggerCheckForDueExecutions);
    }

    /** What has failed since this was made. */
    public JobFailures failures() {
        return failed;
    }

    /** Has running jobs leave off; they are done again after the next start. */
    @Override
    public void close() {
        stopping = true;
        queue.onEnqueued(() -> {});
        scheduler.stop();
    }

    private Task<Void> asked(JobKind kind) {
        return Tasks.custom(kind.name(), Void.class)
                .onFailure((complete, operations) -> failed(kind, complete, operations))
                .onDeadExecutionRevive()
                .execute((instance, context) -> ended(kind, instance, context));
    }

    /** Does the work, and says what becomes of its row. */
    private CompletionHandler<Void> ended(JobKind kind, TaskInstance<Void> instance, ExecutionContext context) {
        try {
            run(kind, instance, context);
            return new CompletionHandler.OnCompleteRemove<>();
        } catch (WorkFailed e) {
            if (!(e.getCause() instanceof Later later) || stopping) {
                throw e;
            }
            if (queue.isCancelled(kind.name(), instance.getId())) {
                throw new WorkFailed(new CancellationException("it was cancelled while it waited"));
            }
            log.info("{} {} waits {}: {}", kind.name(), instance.getId(), later.pause(), later.getMessage());
            return (complete, operations) -> {
                operations.reschedule(complete, clock.instant().plus(later.pause()));
                // Whoever cancelled it before could not take the row away; whoever does from now on can.
                if (queue.isCancelled(kind.name(), instance.getId())) {
                    queue.cancel(kind.name(), instance.getId());
                }
            };
        }
    }

    private RecurringTask<Void> repeating(JobKind kind, Duration every) {
        return Tasks.recurring(kind.name(), FixedDelay.of(every))
                .execute((instance, context) -> run(kind, instance, context));
    }

    private void run(JobKind kind, TaskInstance<Void> instance, ExecutionContext context) {
        String subject = instance.getId();
        int attempt = context.getExecution().consecutiveFailures + 1;
        try {
            kind.work().run(new Running(kind.name(), subject, attempt));
            queue.ended(kind.name(), subject);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkFailed(e);
        } catch (Exception e) {
            if (kind.every() != null) {
                failed.add(new JobFailures.Failure(
                        kind.name(), subject, clock.instant(), attempt, false, String.valueOf(e.getMessage())));
                log.warn("{} failed, again in {}", kind.name(), kind.every(), e);
            }
            throw new WorkFailed(e);
        }
    }

    private void failed(JobKind kind, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        if (stopping) {
            // The row stays picked by us, and the next start releases it.
            return;
        }
        String subject = complete.getExecution().getId();
        int failures = complete.getExecution().consecutiveFailures + 1;
        Throwable reason = complete.getCause()
                .map(cause -> cause instanceof WorkFailed && cause.getCause() != null ? cause.getCause() : cause)
                .orElseGet(() -> new IllegalStateException("no reason was given"));
        boolean cancelled = queue.isCancelled(kind.name(), subject);
        boolean again = failures < kind.attempts() && !cancelled;
        if (!cancelled) {
            failed.add(new JobFailures.Failure(
                    kind.name(), subject, clock.instant(), failures, !again, String.valueOf(reason.getMessage())));
        }
        if (again) {
            Duration pause = pause(kind, failures);
            log.warn("{} {} failed, attempt {}, again in {}", kind.name(), subject, failures, pause, reason);
            operations.reschedule(complete, clock.instant().plus(pause));
            return;
        }
        if (cancelled) {
            log.info("{} {} was cancelled and has left off", kind.name(), subject);
        } else {
            log.error("{} {} is given up after {} attempts", kind.name(), subject, failures, reason);
        }
        queue.ended(kind.name(), subject);
        database.jdbi().useTransaction(handle -> {
            kind.gaveUp().gaveUp(subject, reason);
            // Unless it is to be done again after all.
            handle.createUpdate("""
                            delete from scheduled_tasks
                            where task_name = :kind and task_instance = :subject and picked
                            """)
                    .bind("kind", kind.name())
                    .bind("subject", subject)
                    .execute();
        });
    }

    private static Duration pause(JobKind kind, int failures) {
        Duration pause = kind.pause().multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private final class Running implements Job {
        private final String kind;
        private final String subject;
        private final int attempt;

        Running(String kind, String subject, int attempt) {
            this.kind = kind;
            this.subject = subject;
            this.attempt = attempt;
        }

        @Override
        public String subject() {
            return subject;
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public boolean cancelled() {
            return stopping || queue.isCancelled(kind, subject);
        }
    }

    /** Carries a checked exception through the scheduler. */
    private static final class WorkFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        WorkFailed(Exception reason) {
            super(reason);
        }
    }
}
