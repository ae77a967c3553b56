package org.everytake.call.bandwidth;

/**
 * Whether a path's queue grows: the slope of the delay of packets over some twenty groups of them, held against a
 * threshold that follows it (draft-ietf-rmcat-gcc-02, sections 5.2 to 5.4, with a line fitted in place of the Kalman
 * filter). A group is what was sent within 5 ms. Owned by the loop.
 */
final class DelayTrend {
    /** What the queue does. */
    enum Signal {
        NORMAL,
        OVERUSE,
        UNDERUSE
    }

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long GROUP_NANOS = 5_000_000L;
    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final int MOST_DELTAS = 60;
    private static final double LEAST_THRESHOLD_MILLIS = 6;
    private static final double MOST_THRESHOLD_MILLIS = 600;
    private static final double THRESHOLD_UP = 0.0087;
    private static final double THRESHOLD_DOWN = 0.039;
    private static final double SPIKE_MILLIS = 15;
    private static final double OVERUSE_MILLIS = 10;
    private static final double LONGEST_STEP_MILLIS = 100;

    /** A queue that long that still grows is beyond doubt, however few groups tell of it: jitter is less. */
    private static final double LONG_QUEUE_MILLIS = 100;

    /** By which the least delay is forgotten in a second, for clocks that do not run alike. */
    private static final double FORGOTTEN_MILLIS = 1;

    private final double[] times = new double[WINDOW];
    private final double[] delays = new double[WINDOW];
    private int points;
    private int next;
    private int deltas;
    private double accumulated;
    private double least;
    private double smoothed;
    private double threshold = 12.5;
    private double lastTrend;
    private double overuseMillis;
    private Signal signal = Signal.NORMAL;

    private boolean open;
    private boolean complete;
    private long groupFirstSent;
    private long groupSent;
    private long groupArrived;
    private long beforeSent;
    private long beforeArrived;
    private long firstArrived;

    Signal signal() {
        return signal;
    }

    /** A packet that arrived, in the order of sending; the two clocks need not agree. */
    void packet(long sentNanos, long arrivedNanos) {
        if (!open) {
            open = true;
            firstArrived = arrivedNanos;
            begin(sentNanos, arrivedNanos);
        } else if (sentNanos - groupFirstSent <= GROUP_NANOS) {
            groupSent = Math.max(groupSent, sentNanos);
            groupArrived = Math.max(groupArrived, arrivedNanos);
        } else {
            if (complete) {
                delta(groupSent - beforeSent, groupArrived - beforeArrived);
            }
            beforeSent = groupSent;
            beforeArrived = groupArrived;
            complete = true;
            begin(sentNanos, arrivedNanos);
        }
    }

    private void begin(long sentNanos, long arrivedNanos) {
        groupFirstSent = sentNanos;
        groupSent = sentNanos;
        groupArrived = arrivedNanos;
    }

    private void delta(long sent, long arrived) {
        double before = accumulated;
        accumulated += (arrived - sent) / NANOS_PER_MILLI;
        least = Math.min(accumulated, least + FORGOTTEN_MILLIS * sent / NANOS_PER_SECOND);
        smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
        times[next] = (groupArrived - firstArrived) / NANOS_PER_MILLI;
        delays[next] = smoothed;
        next = (next + 1) % WINDOW;
        points = Math.min(points + 1, WINDOW);
        deltas = Math.min(deltas + 1, MOST_DELTAS);
        double trend = points < WINDOW ? 0 : slope();
        judge(trend, sent / NANOS_PER_MILLI, arrived / NANOS_PER_MILLI);
        if (accumulated - least > LONG_QUEUE_MILLIS && accumulated > before) {
            signal = Signal.OVERUSE;
        }
    }

    private double slope() {
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanTime += times[i] / WINDOW;
            meanDelay += delays[i] / WINDOW;
        }
        double numerator = 0;
        double denominator = 0;
        for (int i = 0; i < WINDOW; i++) {
            numerator += (times[i] - meanTime) * (delays[i] - meanDelay);
            denominator += (times[i] - meanTime) * (times[i] - meanTime);
        }
        return denominator == 0 ? 0 : numerator / denominator;
    }

    private void judge(double trend, double sentMillis, double arrivedMillis) {
        double level = trend * deltas * GAIN;
        if (level > threshold) {
            overuseMillis += sentMillis;
            // A queue that grows but grows more slowly is given a moment.
            if (overuseMillis > OVERUSE_MILLIS && trend >= lastTrend) {
                overuseMillis = 0;
                signal = Signal.OVERUSE;
            }
        } else {
            overuseMillis = 0;
            signal = level < -threshold ? Signal.UNDERUSE : Signal.NORMAL;
        }
        lastTrend = trend;
        adapt(level, Math.clamp(arrivedMillis, 0, LONGEST_STEP_MILLIS));
    }

    /** Follows the level, so that a path that is shared with TCP is not given up to it. */
    private void adapt(double level, double stepMillis) {
        double distance = Math.abs(level) - threshold;
        if (distance > SPIKE_MILLIS) {
            return;
        }
        threshold += (distance < 0 ? THRESHOLD_DOWN : THRESHOLD_UP) * distance * stepMillis;
        threshold = Math.clamp(threshold, LEAST_THRESHOLD_MILLIS, MOST_THRESHOLD_MILLIS);
    }
}
