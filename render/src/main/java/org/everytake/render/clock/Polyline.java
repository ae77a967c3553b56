package org.everytake.render.clock;

import java.util.Arrays;
import java.util.Locale;

/**
 * A continuous line through knots that maps one clock's nanoseconds to another's. Before the first knot and after the
 * last it goes straight on. Immutable.
 *
 * <p>Both clocks run at nearly the same rate, so only the deviation from rate 1 is a floating point number: over days
 * of nanoseconds its product is still exact to a nanosecond, and nothing accumulates.
 */
public final class Polyline {
    private final long[] x;
    private final long[] y;
    /** {@code deviation[i]} holds before knot i, the last one after the last knot. */
    private final double[] deviation;

    private Polyline(long[] x, long[] y, double[] deviation) {
        this.x = x;
        this.y = y;
        this.deviation = deviation;
    }

    /** The line of rate {@code 1 + deviation} through one point. */
    public static Polyline line(long x, long y, double deviation) {
        return new Polyline(new long[] {x}, new long[] {y}, new double[] {deviation, deviation});
    }

    /** Through all knots, whose {@code x} rise; beyond the ends with the deviations given. */
    public static Polyline through(long[] x, long[] y, double before, double after) {
        double[] deviation = new double[x.length + 1];
        deviation[0] = before;
        for (int i = 1; i < x.length; i++) {
            long dx = x[i] - x[i - 1];
            deviation[i] = (double) (y[i] - y[i - 1] - dx) / dx;
        }
        deviation[x.length] = after;
        return new Polyline(x.clone(), y.clone(), deviation);
    }

    public long map(long at) {
        int next = Arrays.binarySearch(x, at);
        if (next >= 0) {
            return y[next];
        }
        int segment = -next - 1;
        int knot = Math.max(0, segment - 1);
        long dx = at - x[knot];
        return y[knot] + dx + Math.round(dx * deviation[segment]);
    }

    /** How much faster than the first clock the second one runs, from the first knot to the last. */
    public double partsPerMillion() {
        int last = x.length - 1;
        if (last == 0) {
            return deviation[0] * 1e6;
        }
        long dx = x[last] - x[0];
        return (double) (y[last] - y[0] - dx) / dx * 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%+.1f ppm, %d knots", partsPerMillion(), x.length);
    }
}
