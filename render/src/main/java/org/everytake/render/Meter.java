package org.everytake.render;

import java.util.function.LongSupplier;

/**
 * Adds up how far picture, sound and file are, tells it in rising order, and notices when nothing moves any more.
 * Thread-safe.
 */
final class Meter {
    private static final long MOST_STANDSTILL_NANOS = 180_000_000_000L;

    private final Progress progress;
    private final LongSupplier nanoClock;
    private final double pictureShare;
    private final double soundShare;
    private double picture;
    private double sound;
    private double file;
    private double told;
    private long movedAt;

    private Meter(Progress progress, LongSupplier nanoClock, double pictureShare, double soundShare) {
        this.progress = progress;
        this.nanoClock = nanoClock;
        this.pictureShare = pictureShare;
        this.soundShare = soundShare;
        this.movedAt = nanoClock.getAsLong();
    }

    /** Of picture and sound: what each takes of the time. */
    static Meter ofMovie(Progress progress, LongSupplier nanoClock) {
        return new Meter(progress, nanoClock, 0.80, 0.12);
    }

    /** Of sound alone. */
    static Meter ofSound(Progress progress, LongSupplier nanoClock) {
        return new Meter(progress, nanoClock, 0, 0.95);
    }

    synchronized void picture(long done, long all) {
        picture = (double) done / all;
        tell();
    }

    synchronized void sound(long done, long all) {
        sound = (double) done / all;
        tell();
    }

    synchronized void file(long done, long all) {
        file = (double) done / all;
        tell();
    }

    synchronized void done() {
        picture = 1;
        sound = 1;
        file = 1;
        told = 1;
        progress.at(1);
    }

    synchronized boolean standsStill() {
        return nanoClock.getAsLong() - movedAt > MOST_STANDSTILL_NANOS;
    }

    /** Nothing is expected to move now. */
    synchronized void excuse() {
        movedAt = nanoClock.getAsLong();
    }

    private void tell() {
        movedAt = nanoClock.getAsLong();
        double fraction = pictureShare * picture + soundShare * sound + (1 - pictureShare - soundShare) * file;
        if (fraction >= told + 0.001 && fraction < 1) {
            told = fraction;
            progress.at(fraction);
        }
    }
}
