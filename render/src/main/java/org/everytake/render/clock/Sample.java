package org.everytake.render.clock;

/** One moment as two clocks showed it, both in nanoseconds. */
public record Sample(long x, long y) {
    long difference() {
        return y - x;
    }
}
