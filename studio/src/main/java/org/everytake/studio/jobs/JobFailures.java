package org.everytake.studio.jobs;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What failed since the server started: all of it counted, the newest remembered. Any thread. */
public final class JobFailures {
    private static final int REMEMBERED = 20;

    /**
     * A job that failed.
     *
     * @param givenUp whether it will not be tried again
     * @param error why, in a sentence or as the program says it
     */
    public record Failure(String kind, String subject, Instant at, int attempt, boolean givenUp, String error) {}

    /** How many attempts failed, and how many jobs were given up. */
    public record Count(long failed, long givenUp) {}

    private final Deque<Failure> newest = new ArrayDeque<>();
    private long failed;
    private long givenUp;

    synchronized void add(Failure failure) {
        failed++;
        givenUp += failure.givenUp() ? 1 : 0;
        newest.addFirst(failure);
        if (newest.size() > REMEMBERED) {
            newest.removeLast();
        }
    }

    /** The newest first. */
    public synchronized List<Failure> newest() {
        return List.copyOf(newest);
    }

    public synchronized Count count() {
        return new Count(failed, givenUp);
    }
}
