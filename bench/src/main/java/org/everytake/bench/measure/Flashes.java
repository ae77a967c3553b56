package org.everytake.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** Finds flashes in a series of brightness, one value per frame. */
public final class Flashes {

    private static final double LEAST_CONTRAST = 20;

    private Flashes() {}

    /** The times of first bright frames: brighter than half way up, after one that was darker. */
    public static double[] onsets(double[] frameSeconds, double[] brightness) {
        double dark = Numbers.percentile(brightness, 20);
        double bright = Numbers.percentile(brightness, 99.5);
        if (!(bright - dark >= LEAST_CONTRAST)) {
            return new double[0];
        }
        double half = (dark + bright) / 2;
        List<Double> onsets = new ArrayList<>();
        for (int i = 1; i < brightness.length; i++) {
            if (brightness[i] >= half && brightness[i - 1] < half) {
                onsets.add(frameSeconds[i]);
            }
        }
        return onsets.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Pairs each flash with the nearest beep, if one is within half a period; positive when the beep is late. */
    public static List<Offsets.Point> offsets(double[] flashes, double[] beeps, double periodSeconds) {
        List<Offsets.Point> points = new ArrayList<>();
        for (double flash : flashes) {
            double nearest = Double.POSITIVE_INFINITY;
            for (double beep : beeps) {
                if (Math.abs(beep - flash) < Math.abs(nearest)) {
                    nearest = beep - flash;
                }
            }
            if (Math.abs(nearest) < periodSeconds / 2) {
                points.add(new Offsets.Point(flash, nearest * 1000));
            }
        }
        return points;
    }
}
