package org.everytake.render.mp4;

import java.util.Arrays;

/** The samples of a track, each with its time, in the order of these. Grows while it is filled; one thread at a time. */
public final class TimedSamples {
    private long[] nanos = new long[1024];
    private int[] sizes = new int[1024];
    private boolean[] keys = new boolean[1024];
    private int count;

    /**
     * Adds one.
     *
     * @param at when it begins, on the track's own clock, that is with what a decoder puts out before the first sample
     * @param key whether decoding can begin with it
     */
    public void add(long at, int size, boolean key) {
        if (count == sizes.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
            keys = Arrays.copyOf(keys, count * 2);
        }
        nanos[count] = at;
        sizes[count] = size;
        keys[count] = key;
        count++;
    }

    public int count() {
        return count;
    }

    public long nanos(int sample) {
        return nanos[sample];
    }

    public int size(int sample) {
        return sizes[sample];
    }

    public boolean isKey(int sample) {
        return keys[sample];
    }
}
