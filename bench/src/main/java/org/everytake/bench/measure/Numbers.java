package org.everytake.bench.measure;

import java.util.Arrays;

/** The few statistics that the measurements share. */
final class Numbers {

    private Numbers() {}

    /** The percentile (0 to 100) by linear interpolation between the nearest ranks; NaN of nothing. */
    static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (rank - below);
    }

    static double median(double[] values) {
        return percentile(values, 50);
    }

    static double round1(double value) {
        return Double.isFinite(value) ? Math.round(value * 10) / 10.0 : value;
    }
}
