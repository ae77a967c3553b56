package org.everytake.tape.spool;

import java.util.concurrent.CompletableFuture;
import org.everytake.tape.Event;
import org.everytake.tape.TakeDescription;

/** The tape of one open recording. May be used from any thread; nothing here waits for the disk. */
public interface Tape {

    /** The recording's id. */
    String recording();

    /** A take number that was not used yet, from 1. Each call gives another. */
    int nextTake();

    /**
     * Whether there is memory to begin with: a quarter of what packets may take, half of what events may. Whoever opens
     * takes without asking while the disk cannot be written fills the memory without bound.
     */
    boolean hasRoom();

    /**
     * Opens a take and journals {@link Event.TakeOpened}. After a take has lost records to the disk, the next one of the
     * same source is opened when {@link #hasRoom} says so.
     *
     * @throws IllegalArgumentException if the number was used before
     * @throws IllegalStateException if the tape is finished
     */
    Take open(long stampNanos, TakeDescription description);

    /** Journals an event. */
    void record(long stampNanos, Event event);

    /** How many events of the journal are durable. */
    long committed();

    /**
     * Closes every take, journals {@link Event.RecordingStopped}, and seals.
     *
     * @return done when all of the recording is durable and sealed; fails with a {@code TapeFault} only when the spool
     *     is closed before the disk could be written, and then recovery finishes it
     */
    CompletableFuture<Void> finish(long stampNanos, String reason);
}
