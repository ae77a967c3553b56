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
     * Opens a take and journals {@link Event.TakeOpened}.
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
