package org.everytake.bench.measure;

import java.util.Arrays;
import java.util.List;

/**
 * Statistics of offsets over time, in milliseconds; positive means that the sound is late.
 *
 * @param count how many marks were compared
 * @param driftPpm the robust slope (Theil and Sen) of the offset over time, in millionths; NaN when too short to say
 */
public record Offsets(
        int count,
        double medianMillis,
        double p5Millis,
        double p95Millis,
        double minMillis,
        double maxMillis,
        double driftPpm) {

    private static final double FAR_APART_SECONDS = 5;

    /** An offset of so many milliseconds, seen at a time in seconds. */
    public record Point(double seconds, double offsetMillis) {}

    public static Offsets of(List<Point> points) {
        double[] offsets = points.stream().mapToDouble(Point::offsetMillis).toArray();
        return new Offsets(
                points.size(),
                Numbers.round1(Numbers.median(offsets)),
                Numbers.round1(Numbers.percentile(offsets, 5)),
                Numbers.round1(Numbers.percentile(offsets, 95)),
                Numbers.round1(Numbers.percentile(offsets, 0)),
                Numbers.round1(Numbers.percentile(offsets, 100)),
                Numbers.round1(drift(points)));
    }

    /** The width of the band from the 5th to the 95th percentile. */
    public double spreadMillis() {
        return Numbers.round1(p95Millis - p5Millis);
    }

    private static double drift(List<Point> points) {
        double[] slopes = new double[points.size() * (points.size() - 1) / 2];
        int n = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double apart = points.get(j).seconds() - points.get(i).seconds();
                if (apart > FAR_APART_SECONDS) {
                    slopes[n++] = (points.get(j).offsetMillis() - points.get(i).offsetMillis()) / apart * 1000;
                }
            }
        }
        return n == 0 ? Double.NaN : Numbers.median(Arrays.copyOf(slopes, n));
    }
}
