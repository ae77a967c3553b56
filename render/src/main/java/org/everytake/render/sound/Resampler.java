package org.everytake.render.sound;

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

    private float[] window = new float[HISTORY];
    private long nextSample = Long.MIN_VALUE;

    /** Forgets what was before: what comes next does not follow from it. */
    void reset() {
        window = new float[HISTORY];
        nextSample = Long.MIN_VALUE;
    }

    /**
     * The samples that lie between two places, which are in samples of session time.
     *
     * @param count samples of {@code pcm}, at least one
     */
    Placed place(short[] pcm, int count, double from, double to) {
        float[] all = new float[HISTORY + count];
        System.arraycopy(window, window.length - HISTORY, all, 0, HISTORY);
        for (int i = 0; i < count; i++) {
            all[HISTORY + i] = pcm[i];
        }
        double step = (to - from) / count;
        long start = nextSample == Long.MIN_VALUE ? (long) Math.ceil(from) : nextSample;
        long end = (long) Math.ceil(to - BEHIND * step);
        double last = Math.nextDown((double) count - BEHIND);
        float[] out = new float[(int) Math.max(0, end - start)];
        for (int i = 0; i < out.length; i++) {
            double at = Math.clamp((start + i - from) / step, -BEHIND, last) + HISTORY;
            out[i] = between(all, at);
        }
        window = all;
        nextSample = Math.max(start, end);
        return new Placed(start, out);
    }

    private static float between(float[] x, double at) {
        int i = Math.min((int) at, x.length - 3);
        float t = (float) (at - i);
        float a = x[i - 1];
        float b = x[i];
        float c = x[i + 1];
        float d = x[i + 2];
        return b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }
}
