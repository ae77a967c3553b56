package org.everytake.render.sound;

import java.util.Arrays;

/**
 * Puts samples of a sender's clock on the grid of session time, by cubic interpolation (Catmull and Rom) between four
 * of them. A drift of some ppm becomes a phase that creeps, so nothing is ever inserted or dropped, and since each
 * packet's place is computed from scratch no error adds up. One thread.
 */
final class Resampler {
    /** The interpolation needs one sample before and two after. */
    private static final int HISTORY = 3;

    private static final int BEHIND = 2;

    /** Samples of session time, in a row. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once
    record Placed(long start, float[] samples) {
        long end() {
            return start + samples.length;
        }
    }

    /** What was before, and behind it what is being placed. Kept, because packets are many. */
    private float[] window = new float[HISTORY];

    private int filled = HISTORY;
    private long nextSample = Long.MIN_VALUE;

    /** Forgets what was before: what comes next does not follow from it. */
    void reset() {
        Arrays.fill(window, 0);
        filled = HISTORY;
        nextSample = Long.MIN_VALUE;
    }

    /**
     * The samples that lie between two places, which are in samples of session time.
     *
     * @param count samples of {@code pcm}, at least one
     */
    Placed place(short[] pcm, int count, double from, double to) {
        take(pcm, count);
        double step = (to - from) / count;
        long start = nextSample == Long.MIN_VALUE ? (long) Math.ceil(from) : nextSample;
        long end = (long) Math.ceil(to - BEHIND * step);
        float[] out = new float[(int) Math.max(0, end - start)];
        double first = (start - from) / step;
        double last = Math.nextDown((double) count - BEHIND);
        for (int done = 0; done < out.length; ) {
            double place = first + done / step;
            double at = Math.clamp(place, -BEHIND, last);
            int run = place < at ? 1 : run(at, 1 / step, last, out.length - done);
            between(at + HISTORY, 1 / step, out, done, run);
            done += run;
        }
        nextSample = Math.max(start, end);
        return new Placed(start, out);
    }

    private void take(short[] pcm, int count) {
        float[] next = window.length < HISTORY + count ? new float[HISTORY + count] : window;
        System.arraycopy(window, filled - HISTORY, next, 0, HISTORY);
        for (int i = 0; i < count; i++) {
            next[HISTORY + i] = pcm[i];
        }
        window = next;
        filled = HISTORY + count;
    }

    /**
     * How many samples can be taken one after the other from where this one is, at least this one: mostly all, as a clock that
     * drifts by some ppm comes to another neighbour once in some packets.
     *
     * @param pace how much further the next one is
     */
    private static int run(double at, double pace, double last, int most) {
        double drift = pace - 1;
        double phase = at - Math.floor(at);
        double same = drift > 0 ? (1 - phase) / drift : drift < 0 ? phase / -drift : most;
        return (int) Math.clamp(Math.floor(Math.min(same, (last - at) / pace)), 1, most);
    }

    /**
     * Samples of which each has the next neighbours.
     *
     * @param at of the first, in the window
     */
    private void between(double at, double pace, float[] out, int from, int count) {
        float[] x = window;
        int first = Math.min((int) at, filled - 2 - count);
        float phase = (float) (at - first);
        float drift = (float) (pace - 1);
        for (int n = 0; n < count; n++) {
            float t = phase + n * drift;
            float a = x[first + n - 1];
            float b = x[first + n];
            float c = x[first + n + 1];
            float d = x[first + n + 2];
            out[from + n] = b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
        }
    }
}
