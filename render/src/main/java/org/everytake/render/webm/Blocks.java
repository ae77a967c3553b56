package org.everytake.render.webm;

import java.util.Arrays;

/** The coded pictures, packets or lines of a track, in the order of their times. Grows while it is filled; one thread at a time. */
public final class Blocks {
    private long[] millis = new long[1024];
    private int[] sizes = new int[1024];
    private int[] durations = new int[1024];
    private boolean[] keys = new boolean[1024];
    private int count;

    /**
     * Adds one.
     *
     * @param nanos its time on the track's own clock, that is with what an encoder puts before the first sample; rises
     * @param key whether decoding can begin with it
     */
    public void add(long nanos, int size, boolean key) {
        add(nanos, 0, size, key);
    }

    /**
     * As {@link #add(long, int, boolean)}, of something that does not last until the next.
     *
     * @param durationNanos 0 where it lasts until the next
     */
    public void add(long nanos, long durationNanos, int size, boolean key) {
        if (count == sizes.length) {
            millis = Arrays.copyOf(millis, count * 2);
            sizes = Arrays.copyOf(sizes, count * 2);
            durations = Arrays.copyOf(durations, count * 2);
            keys = Arrays.copyOf(keys, count * 2);
        }
        millis[count] = millis(nanos);
        durations[count] = (int) millis(durationNanos);
        sizes[count] = size;
        keys[count] = key;
        count++;
    }

    public int count() {
        return count;
    }

    long millis(int block) {
        return millis[block];
    }

    int durationMillis(int block) {
        return durations[block];
    }

    int size(int block) {
        return sizes[block];
    }

    boolean isKey(int block) {
        return keys[block];
    }

    private static long millis(long nanos) {
        return Math.max(0, Math.floorDiv(nanos + 500_000, 1_000_000L));
    }
}
