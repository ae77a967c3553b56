package org.everytake.render.raw;

import java.util.concurrent.CancellationException;
import org.everytake.render.Progress;

/** Tells how far the work is, of which each half reads the tape once, and ends it when it shall end. One thread. */
final class Pace {
    private static final int STEPS = 256;

    private final Progress progress;
    private final double from;
    private int steps;

    private Pace(Progress progress, double from) {
        this.progress = progress;
        this.from = from;
    }

    static Pace firstHalf(Progress progress) {
        return new Pace(progress, 0);
    }

    static Pace secondHalf(Progress progress) {
        return new Pace(progress, 0.5);
    }

    /**
     * Something larger is done.
     *
     * @param fraction of this half, from 0 to 1
     * @throws CancellationException if the work shall end
     */
    void at(double fraction) {
        progress.at(from + fraction / 2);
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
            throw new CancellationException("nobody wants the archive any more");
        }
    }
}
