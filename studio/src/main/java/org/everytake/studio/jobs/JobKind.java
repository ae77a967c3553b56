package org.everytake.studio.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A kind of work.
 *
 * @param name as the database spells it
 * @param attempts how often it is tried before it is given up
 * @param pause before the second attempt; doubled before each further one
 * @param work what is done
 * @param gaveUp what is done instead when the last attempt failed
 * @param every for work that repeats by itself: how long after its end it begins anew; else null
 */
public record JobKind(
        String name,
        int attempts,
        Duration pause,
        Work work,
        GaveUp gaveUp,
        @Nullable Duration every) {

    /** The subject of work that repeats by itself. */
    public static final String ITSELF = "recurring";

    /** Does the work. It may be done twice, since a crash can come after its end, and must not mind. */
    @FunctionalInterface
    public interface Work {
        void run(Job job) throws Exception;
    }

    /** Writes down that the work will not be done, within the transaction that takes the job away. */
    @FunctionalInterface
    public interface GaveUp {
        void gaveUp(String subject, Throwable reason);
    }

    /** Work that is asked for. */
    public static JobKind of(String name, int attempts, Duration pause, Work work, GaveUp gaveUp) {
        return new JobKind(name, attempts, pause, work, gaveUp, null);
    }

    /** Work that repeats by itself, and after a failure simply does so too. */
    public static JobKind every(String name, Duration every, Work work) {
        return new JobKind(name, 1, every, work, (subject, reason) -> {}, every);
    }
}
