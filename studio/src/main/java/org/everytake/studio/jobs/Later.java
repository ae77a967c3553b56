package org.everytake.studio.jobs;

import java.time.Duration;

/**
 * Work cannot be done at present for a reason outside of it, and is to be tried again after a while: thrown by the work. It
 * is no failure, so that however long the reason lasts, the work is never given up for it.
 */
public final class Later extends Exception {
    private static final long serialVersionUID = 1;

    private final Duration pause;

    public Later(Duration pause, Throwable reason) {
        super(reason.getMessage(), reason);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
