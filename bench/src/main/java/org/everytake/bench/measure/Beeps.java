package org.everytake.bench.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the onsets of a beep of known pitch. The envelope is the sound mixed down by the pitch and averaged over 2 ms,
 * so that pitches which differ by a multiple of 500 Hz cancel and do not disturb each other.
 */
public final class Beeps {

    private static final double WINDOW_SECONDS = 0.002;
    private static final double SILENCE_BEFORE_SECONDS = 0.3;
    private static final double AUDIBLE = 50;

    private Beeps() {}

    /**
     * The onsets in seconds: where the envelope first crosses half its peak after 0.3 s below. What a recording begins in
     * the middle of has no onset, so nothing in its first 0.3 s counts.
     */
    public static double[] onsets(Samples samples, double pitchHz) {
        double[] envelope = envelope(samples, pitchHz);
        double peak = Numbers.percentile(envelope, 99);
        if (peak < AUDIBLE) {
            return new double[0];
        }
        double half = peak / 2;
        int window = (int) Math.round(WINDOW_SECONDS * samples.rate());
        List<Double> onsets = new ArrayList<>();
        double last = 0;
        for (int i = 1; i < envelope.length; i++) {
            if (envelope[i] > half) {
                double seconds = (i + window / 2.0) / samples.rate();
                if (envelope[i - 1] <= half && seconds - last > SILENCE_BEFORE_SECONDS) {
                    onsets.add(seconds - (envelope[i] - half) / (envelope[i] - envelope[i - 1]) / samples.rate());
                }
                last = seconds;
            }
        }
        return onsets.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The narrow-band envelope; value i covers samples i to i + window - 1. */
    static double[] envelope(Samples samples, double pitchHz) {
        short[] x = samples.values();
        int window = (int) Math.round(WINDOW_SECONDS * samples.rate());
        if (x.length <= window) {
            return new double[0];
        }
        double[] re = new double[x.length + 1];
        double[] im = new double[x.length + 1];
        double step = 2 * Math.PI * pitchHz / samples.rate();
        for (int i = 0; i < x.length; i++) {
            re[i + 1] = re[i] + x[i] * Math.cos(step * i);
            im[i + 1] = im[i] - x[i] * Math.sin(step * i);
        }
        double[] envelope = new double[x.length - window + 1];
        for (int i = 0; i < envelope.length; i++) {
            envelope[i] = Math.hypot(re[i + window] - re[i], im[i + window] - im[i]) / window;
        }
        return envelope;
    }
}
