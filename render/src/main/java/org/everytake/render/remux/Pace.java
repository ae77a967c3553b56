package org.everytake.render.remux;

import java.util.concurrent.CancellationException;
import org.everytake.render.Progress;

/** Tells how far a remux is, and ends it when it shall end. One thread. */
final class Pace {
    private static final int STEPS = 256;

    private final Progress progress;
    private int steps;

    Pace(Progress progress) {
        this.progress = progress;
    }

    /** @throws CancellationException if the work shall end */
    void at(double fraction) {
        progress.at(fraction);
        check();
    }

    /**
     * A small step, such as a packet.
     *
     * @throws CancellationException if the work shall end
     */
    void step() {
        if (++steps % STEPS == 0) {
            check();
        }
    }

    private void check() {
        if (progress.cancelled()) {
            throw new CancellationException("Cancelled");
        }
    }
}
