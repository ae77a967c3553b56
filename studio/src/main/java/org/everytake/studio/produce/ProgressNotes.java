package org.everytake.studio.produce;

import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.everytake.render.Progress;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.library.RenditionStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how far a render is, at most once a second, with the time that the rest will take if it goes on as it went.
 * Called from one thread at a time.
 */
final class ProgressNotes implements Progress {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    /** Before that the guess would be worth nothing. */
    private static final double LEAST_FRACTION = 0.02;

    private final RenditionStore renditions;
    private final UUID rendition;
    private final Job job;
    private final LongSupplier nanoClock;
    private final long beganNanos;
    private long writtenNanos;

    ProgressNotes(RenditionStore renditions, UUID rendition, Job job, LongSupplier nanoClock) {
        this.renditions = renditions;
        this.rendition = rendition;
        this.job = job;
        this.nanoClock = nanoClock;
        this.beganNanos = nanoClock.getAsLong();
        this.writtenNanos = beganNanos;
    }

    @Override
    public void at(double fraction) {
        long now = nanoClock.getAsLong();
        if (now - writtenNanos < EVERY_NANOS) {
            return;
        }
        writtenNanos = now;
        renditions.progress(rendition, fraction, remainingMillis(now - beganNanos, fraction));
    }

    static @Nullable Long remainingMillis(long goneNanos, double fraction) {
        if (fraction < LEAST_FRACTION) {
            return null;
        }
        return Math.round(goneNanos / 1e6 * (1 - fraction) / fraction);
    }

    @Override
    public boolean cancelled() {
        return job.cancelled();
    }
}
