package org.everytake.studio.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.db.Database;
import org.everytake.studio.db.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsTest {
    private final Database database;
    private final JobQueue queue;
    private final LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();

    JobsTest() throws CannotStart {
        database = TestDatabase.fresh();
        queue = new JobQueue(database.jdbi(), InstantSource.system());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        database.close();
    }

    private JobRunner run(String node, JobKind... kinds) {
        var runner = new JobRunner(database, queue, List.of(kinds), node, 2, InstantSource.system());
        open.add(runner);
        runner.start();
        return runner;
    }

    private JobKind kind(JobKind.Work work) {
        return JobKind.of(
                "work",
                3,
                Duration.ofMillis(10),
                work,
                (subject, reason) -> done.add("gave up " + reason.getMessage()));
    }

    private String next() throws InterruptedException {
        return done.poll(60, TimeUnit.SECONDS);
    }

    private int rows() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from scheduled_tasks")
                        .mapTo(Integer.class)
                        .one());
    }

    private void awaitRows(int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (rows() != count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(rows()).isEqualTo(count);
    }

    @Test
    void eachJobIsDoneOnceAndItsRowGoes() throws Exception {
        run("one", kind(job -> done.add(job.subject())));
        queue.enqueue("work", "a");
        assertThat(next()).isEqualTo("a");
        queue.enqueue("work", "b");
        assertThat(next()).isEqualTo("b");
        awaitRows(0);
    }

    @Test
    void aJobIsThereIfAndOnlyIfItsCauseIs() {
        assertThatThrownBy(() -> database.jdbi().useTransaction(handle -> {
                    queue.enqueue("work", "a");
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");
        assertThat(rows()).isZero();
        database.jdbi().useTransaction(handle -> queue.enqueue("work", "a"));
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void askedForTwiceBeforeItBeganItIsDoneOnce() throws Exception {
        queue.enqueue("work", "a");
        queue.enqueue("work", "a");
        assertThat(rows()).isEqualTo(1);
        run("one", kind(job -> done.add(job.subject())));
        assertThat(next()).isEqualTo("a");
        awaitRows(0);
        assertThat(done).isEmpty();
    }

    @Test
    void whatHasToWaitIsNeverGivenUpForIt() throws Exception {
        var attempts = new AtomicInteger();
        JobRunner runner = run(
                "one",
                JobKind.of(
                        "work",
                        1,
                        Duration.ofMillis(10),
                        job -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new Later(Duration.ofMillis(10), new IllegalStateException("the store is away"));
                            }
                            done.add("done in attempt " + job.attempt());
                        },
                        (subject, reason) -> done.add("gave up")));
        queue.enqueue("work", "a");
        assertThat(next()).isEqualTo("done in attempt 1");
        awaitRows(0);
        assertThat(runner.failures().count()).isEqualTo(new JobFailures.Count(0, 0));
    }

    @Test
    void whatWaitsCanBeCancelled() throws Exception {
        run("one", kind(job -> {
            done.add("tried");
            throw new Later(Duration.ofHours(1), new IllegalStateException("the store is away"));
        }));
        queue.enqueue("work", "a");
        assertThat(next()).isEqualTo("tried");
        queue.cancel("work", "a");
        awaitRows(0);
    }

    @Test
    void afterAFailureItIsTriedAgainAndAtLastGivenUp() throws Exception {
        var attempts = new AtomicInteger();
        run("one", kind(job -> {
            attempts.incrementAndGet();
            done.add("attempt " + job.attempt());
            throw new IllegalStateException("broken");
        }));
        queue.enqueue("work", "a");
        assertThat(next()).isEqualTo("attempt 1");
        assertThat(next()).isEqualTo("attempt 2");
        assertThat(next()).isEqualTo("attempt 3");
        assertThat(next()).isEqualTo("gave up broken");
        awaitRows(0);
        assertThat(attempts).hasValue(3);
    }

    @Test
    void whatWasUnderWayWhenTheServerEndedIsTakenUpAtTheNextStart() throws Exception {
        queue.enqueue("work", "a");
        // As kill -9 leaves it: picked by us, with a heartbeat just now.
        database.jdbi().useHandle(handle -> handle.execute("""
                        update scheduled_tasks set picked = true, picked_by = 'one', last_heartbeat = now()
                        """));
        run("one", kind(job -> done.add(job.subject())));
        assertThat(next()).isEqualTo("a");
    }

    @Test
    void aJobThatIsInterruptedByTheEndOfTheServerIsDoneAtTheNextStart() throws Exception {
        var began = new CountDownLatch(1);
        JobRunner first = run("one", kind(job -> {
            began.countDown();
            new CountDownLatch(1).await();
        }));
        queue.enqueue("work", "a");
        assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
        first.close();
        assertThat(rows()).isEqualTo(1);
        run("one", kind(job -> done.add(job.subject() + " attempt " + job.attempt())));
        assertThat(next()).isEqualTo("a attempt 1");
    }

    @Test
    void aCancelledJobIsNotBegunAndOneUnderWayIsTold() throws Exception {
        queue.enqueue("work", "a");
        queue.cancel("work", "a");
        assertThat(rows()).isZero();
        var began = new CountDownLatch(1);
        run("one", kind(job -> {
            began.countDown();
            while (!job.cancelled()) {
                Thread.onSpinWait();
            }
            done.add("left off");
        }));
        queue.enqueue("work", "b");
        assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
        queue.cancel("work", "b");
        assertThat(next()).isEqualTo("left off");
        awaitRows(0);
    }

    @Test
    void aCancelledJobThatIsAskedForAnewIsNotCancelled() throws Exception {
        queue.cancel("work", "a");
        run("one", kind(job -> done.add("cancelled " + job.cancelled())));
        queue.enqueue("work", "a");
        assertThat(next()).isEqualTo("cancelled false");
    }

    @Test
    void whoeverGivesUpMayHaveItDoneOnceMore() throws Exception {
        var began = new CountDownLatch(1);
        run(
                "one",
                JobKind.of(
                        "work",
                        3,
                        Duration.ofMillis(10),
                        job -> {
                            if (began.getCount() == 0) {
                                done.add("done, cancelled " + job.cancelled());
                                return;
                            }
                            began.countDown();
                            while (!job.cancelled()) {
                                Thread.onSpinWait();
                            }
                            throw new IllegalStateException("left off");
                        },
                        (subject, reason) -> {
                            done.add("gave up " + reason.getMessage());
                            queue.again("work", subject);
                        }));
        queue.enqueue("work", "a");
        assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.isUnderWay(List.of("b", "a"))).isTrue();
        assertThat(queue.isUnderWay(List.of("b"))).isFalse();
        assertThat(queue.isUnderWay(List.of())).isFalse();
        assertThat(queue.withdraw(List.of("b", "a"))).isFalse();
        assertThat(queue.withdraw(List.of("b"))).isTrue();
        assertThat(queue.withdraw(List.of())).isTrue();
        queue.cancel("work", "a");
        assertThat(next()).isEqualTo("gave up left off");
        assertThat(next()).isEqualTo("done, cancelled false");
        awaitRows(0);
    }

    @Test
    void workThatRepeatsGoesOnAfterAFailure() throws Exception {
        run("one", JobKind.every("sweep", Duration.ofMillis(10), job -> {
            done.add("swept");
            throw new IllegalStateException("broken");
        }));
        assertThat(next()).isEqualTo("swept");
        assertThat(next()).isEqualTo("swept");
    }
}
