package org.everytake.render.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Fits a {@link Polyline} to samples of two clocks, some of which may be late or plainly wrong.
 *
 * <p>A short stretch gets one line; a long one a knot each minute, each fitted to its surroundings, so that a rate which
 * changes with the room's temperature is followed. Rates deviate by at most 500 ppm, and a stretch that is too short to
 * tell a rate from jitter gets rate 1.
 */
public final class RobustLine {
    /** Beyond this a crystal is broken, or the samples are. */
    public static final double MOST_DEVIATION = 500e-6;

    private static final long SECOND = 1_000_000_000L;
    private static final long KNOT_EVERY = 60 * SECOND;
    /** 10 ms of jitter over 20 s are 500 ppm. */
    private static final long LEAST_FOR_RATE = 20 * SECOND;

    private static final int LEAST_SAMPLES_FOR_RATE = 4;
    private static final int MOST_SAMPLES_FOR_RATE = 300;

    private RobustLine() {}

    /** Through the middle of the samples: for jitter that goes both ways. */
    public static Polyline middle(List<Sample> samples) {
        return fit(samples, false);
    }

    /** Below the samples: for jitter that only ever delays, as a network's does. */
    public static Polyline lower(List<Sample> samples) {
        return fit(samples, true);
    }

    private static Polyline fit(List<Sample> unordered, boolean lower) {
        if (unordered.isEmpty()) {
            throw new IllegalArgumentException("No samples");
        }
        List<Sample> samples = unordered.stream()
                .sorted(Comparator.comparingLong(Sample::x).thenComparingLong(Sample::y))
                .toList();
        samples = possible(samples);
        samples = plausible(samples, rate(samples), lower);
        double rate = rate(samples);
        long first = samples.getFirst().x();
        long span = samples.getLast().x() - first;
        int knots = Math.toIntExact(span / KNOT_EVERY);
        if (knots < 2) {
            return local(samples, rate, lower, first + span / 2);
        }
        return knots(samples, lower, first, span, knots);
    }

    private static Polyline knots(List<Sample> samples, boolean lower, long first, long span, int count) {
        long[] x = new long[count];
        long[] y = new long[count];
        Polyline start = null;
        Polyline end = null;
        for (int i = 0; i < count; i++) {
            long at = first + span * (2L * i + 1) / (2L * count);
            List<Sample> near = samples.stream()
                    .filter(sample -> Math.abs(sample.x() - at) <= KNOT_EVERY)
                    .toList();
            near = near.size() < LEAST_SAMPLES_FOR_RATE ? samples : near;
            end = local(near, rate(near), lower, at);
            start = start == null ? end : start;
            x[i] = at;
            y[i] = end.map(at);
        }
        return start == null || end == null
                ? local(samples, rate(samples), lower, first)
                : Polyline.through(x, y, start.partsPerMillion() / 1e6, end.partsPerMillion() / 1e6);
    }

    private static Polyline local(List<Sample> samples, double rate, boolean lower, long at) {
        double[] residuals = residuals(samples, rate, at);
        if (!lower) {
            return Polyline.line(at, at + Math.round(median(residuals)), rate);
        }
        double least = Arrays.stream(residuals).min().orElseThrow();
        return Polyline.line(at, at + Math.round(least), rate);
    }

    /** The median of the slopes between samples far apart (Theil and Sen): up to a third of them may be anything. */
    private static double rate(List<Sample> samples) {
        Sample first = samples.getFirst();
        long span = samples.getLast().x() - first.x();
        if (span < LEAST_FOR_RATE || samples.size() < LEAST_SAMPLES_FOR_RATE) {
            return 0;
        }
        int step = Math.ceilDiv(samples.size(), MOST_SAMPLES_FOR_RATE);
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += step) {
            for (int j = i + step; j < samples.size(); j += step) {
                long dx = samples.get(j).x() - samples.get(i).x();
                if (dx >= span / 3) {
                    slopes.add((double) (samples.get(j).difference()
                                    - samples.get(i).difference())
                            / dx);
                }
            }
        }
        double slope = slopes.isEmpty()
                ? 0
                : median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
        return Math.clamp(slope, -MOST_DEVIATION, MOST_DEVIATION);
    }

    /** Without what no clock and no network can have done; a wrong time would otherwise stretch the whole. */
    private static List<Sample> possible(List<Sample> samples) {
        // Half of the samples agree with one of them; with the mean of two that contradict each other none would.
        double[] differences =
                samples.stream().mapToDouble(Sample::difference).sorted().toArray();
        double difference = differences[(differences.length - 1) / 2];
        double middle = median(samples.stream().mapToDouble(Sample::x).toArray());
        return samples.stream()
                .filter(sample -> Math.abs(sample.difference() - difference)
                        <= 2.0 * SECOND + MOST_DEVIATION * Math.abs(sample.x() - middle))
                .toList();
    }

    /** Without what is too far from the rest to be jitter. A delay is no error where only the lower edge counts. */
    private static List<Sample> plausible(List<Sample> samples, double rate, boolean lower) {
        double[] residuals = residuals(samples, rate, samples.getFirst().x());
        double middle = median(residuals);
        double spread = median(Arrays.stream(residuals)
                .map(residual -> Math.abs(residual - middle))
                .toArray());
        double below = Math.max(lower ? SECOND / 2.0 : SECOND / 20.0, 8 * spread);
        double above = lower ? Double.MAX_VALUE : below;
        List<Sample> kept = new ArrayList<>(samples.size());
        for (int i = 0; i < residuals.length; i++) {
            double off = residuals[i] - middle;
            if (off >= -below && off <= above) {
                kept.add(samples.get(i));
            }
        }
        return kept;
    }

    private static double[] residuals(List<Sample> samples, double rate, long at) {
        return samples.stream()
                .mapToDouble(sample -> sample.difference() - rate * (sample.x() - at))
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
