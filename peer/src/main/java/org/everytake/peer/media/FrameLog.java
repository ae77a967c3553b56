package org.everytake.peer.media;

import java.util.Arrays;
import java.util.OptionalLong;

/** When the frames of a media section were whole, by the network's time. Thread-safe. */
public final class FrameLog {
    private long[] times = new long[256];
    private int size;

    synchronized void add(long nanos) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        times[size++] = nanos;
    }

    public synchronized int size() {
        return size;
    }

    /** All, in order. */
    public synchronized long[] times() {
        return Arrays.copyOf(times, size);
    }

    /** The first one at that moment or later; empty if there is none yet. */
    public synchronized OptionalLong firstFrom(long nanos) {
        int at = indexFrom(nanos);
        return at == size ? OptionalLong.empty() : OptionalLong.of(times[at]);
    }

    /** The longest time without a whole frame within a span: from its start, between frames, and up to its end. */
    public synchronized long longestGapNanos(long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        for (int at = indexFrom(fromNanos); at < size && times[at] < toNanos; at++) {
            longest = Math.max(longest, times[at] - last);
            last = times[at];
        }
        return Math.max(longest, toNanos - last);
    }

    private int indexFrom(long nanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
