package org.everytake.render;

import java.util.function.LongSupplier;

/**
 * Adds up how far picture, sound and file are, tells it in rising order, and notices when nothing moves any more.
 * Thread-safe.
 */
final class Meter {
    private static final double PICTURE_SHARE = 0.80;
    private static final double SOUND_SHARE = 0.12;
    private static final long MOST_STANDSTILL_NANOS = 180_000_000_000L;

    private final Progress progress;
    private final LongSupplier nanoClock;
    private double picture;
    private double sound;
    private double file;
    private double told;
    private long movedAt;

    Meter(Progress progress, LongSupplier nanoClock) {
        this.progress = progress;
        this.nanoClock = nanoClock;
        this.movedAt = nanoClock.getAsLong();
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

    private void tell() {
        movedAt = nanoClock.getAsLong();
        double fraction = PICTURE_SHARE * picture + SOUND_SHARE * sound + (1 - PICTURE_SHARE - SOUND_SHARE) * file;
        if (fraction >= told + 0.001 && fraction < 1) {
            told = fraction;
            progress.at(fraction);
        }
    }
}
