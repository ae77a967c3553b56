package org.everytake.call.bandwidth;

import org.everytake.call.bandwidth.DelayTrend.Signal;
import org.everytake.wire.rtcp.TransportFeedback;

/**
 * How much a subscriber's path carries, by what they report of the packets that we number over all streams: it grows
 * while packets come through, falls to a share of what arrives when the queue in front of the path grows, and falls with
 * heavy loss (draft-ietf-rmcat-gcc-02). Of a subscriber who reports no arrivals it is what they say themselves (REMB), or
 * what their receiver reports let us guess. Owned by the loop; time comes in.
 */
public final class BandwidthEstimator {
    /** Enough for sound and a middle layer; what a path carries beyond is found out by trying. */
    static final long START_BITS_PER_SECOND = 600_000;

    static final long LEAST_BITS_PER_SECOND = 30_000;
    static final long MOST_BITS_PER_SECOND = 20_000_000;

    private static final int CAPACITY = 8_192;
    private static final double BACK_OFF = 0.85;
    private static final double GROWTH_PER_SECOND = 1.08;
    private static final double BEYOND_ARRIVED = 1.5;
    private static final double HEAVY_LOSS = 0.10;
    private static final double LIGHT_LOSS = 0.02;
    private static final int PACKETS_OF_A_LOSS = 20;
    private static final long SILENCE_NANOS = 1_000_000_000L;
    private static final long BETWEEN_DECREASES_NANOS = 200_000_000L;
    private static final long BETWEEN_LOSSES_NANOS = 300_000_000L;

    /** Nothing has been sent for so long: then what was seen before says nothing of now. */
    private static final long FORGET_NANOS = 2_000_000_000L;

    private static final long LIMIT_KNOWN_NANOS = 10_000_000_000L;
    private static final double NEAR = 0.1;
    private static final double FULL = 0.9;

    /** A packet for each round trip and what a subscriber waits before it reports. */
    private static final double ADDED_PER_SECOND = 1_200 * 8 / 0.25;

    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] sentNanos = new long[CAPACITY];
    private final int[] sentBytes = new int[CAPACITY];
    private final RateMeter arrived = new RateMeter(5);

    /** What arrived of late, and how fast that had been sent. */
    private final RateMeter arrivedLately = new RateMeter(3);

    private final RateMeter sentLately = new RateMeter(3);
    private DelayTrend trend = new DelayTrend();
    private long next;
    private long highestReported = -1;
    private long reference;
    private boolean reported;
    private boolean told;
    private boolean forgotten;
    private double rate = START_BITS_PER_SECOND;
    private double lastCeiling;
    private long lastArrivedRate;
    private long lateArrivedRate;
    private long lateSentRate;
    private long lastReportNanos;
    private long lastGrowthNanos;
    private long lastDecreaseNanos = Long.MIN_VALUE / 2;
    private long lastLossNanos = Long.MIN_VALUE / 2;
    private int expected;
    private int lost;
    private double lossFraction;

    /**
     * A packet is being sent.
     *
     * @return its transport-wide number, of 16 bits
     */
    public int sent(int bytes, long nowNanos) {
        long number = next++;
        sentNanos[slot(number)] = nowNanos;
        sentBytes[slot(number)] = bytes;
        if (number - 1 <= highestReported) {
            // Nobody could have reported anything before.
            lastReportNanos = nowNanos;
        }
        forgotten = false;
        return (int) (number & 0xFFFF);
    }

    public long bitsPerSecond() {
        return (long) rate;
    }

    /** What arrived lately by the subscriber's reports; 0 without any. */
    public long arrivedBitsPerSecond() {
        return lastArrivedRate;
    }

    /** Whether the path shows that it carries no more. */
    public boolean isCongested() {
        return trend.signal() == Signal.OVERUSE || lossFraction > HEAVY_LOSS;
    }

    /** Whether the path has shown its limit lately; before it does, it is given the benefit of the doubt. */
    public boolean hasShownItsLimit(long nowNanos) {
        return isCongested() || nowNanos - Math.max(lastDecreaseNanos, lastLossNanos) < LIMIT_KNOWN_NANOS;
    }

    /** Whether the subscriber reports arrivals, so that a path can be tried. */
    public boolean isReported() {
        return reported;
    }

    /** What they report about packets that were never sent, or that are forgotten, is not believed. */
    public void feedback(TransportFeedback feedback, long nowNanos) {
        if (next == 0) {
            return;
        }
        long newest = next - 1;
        long base = newest - (((int) newest - feedback.baseSequenceNumber()) & 0xFFFF);
        if (base < 0 || base <= newest - CAPACITY) {
            return;
        }
        if (!reported) {
            reported = true;
            reference = feedback.referenceTime();
            lastGrowthNanos = nowNanos;
        } else {
            // The reference has 24 bits and wraps each twelve days.
            reference += (feedback.referenceTime() - (int) reference) << 8 >> 8;
        }
        lastReportNanos = nowNanos;
        long arrival = reference * TransportFeedback.REFERENCE_NANOS;
        long lastSent = 0;
        for (int i = 0; i < feedback.packetCount() && base + i <= newest; i++) {
            long number = base + i;
            boolean came = feedback.received(i);
            if (came) {
                arrival += feedback.deltaTicks(i) * TransportFeedback.TICK_NANOS;
            }
            if (number > highestReported) {
                highestReported = number;
                expected++;
                if (came) {
                    trend.packet(sentNanos[slot(number)], arrival);
                    arrived.add(sentBytes[slot(number)], arrival);
                    arrivedLately.add(sentBytes[slot(number)], arrival);
                    sentLately.add(sentBytes[slot(number)], sentNanos[slot(number)]);
                    lastSent = sentNanos[slot(number)];
                } else {
                    lost++;
                }
            }
        }
        lastArrivedRate = arrived.bitsPerSecond(arrival);
        if (lastSent != 0) {
            lateArrivedRate = arrivedLately.bitsPerSecond(arrival);
            lateSentRate = sentLately.bitsPerSecond(lastSent);
        }
        adjust(nowNanos);
    }

    private void adjust(long nowNanos) {
        if (expected >= PACKETS_OF_A_LOSS) {
            lossFraction = (double) lost / expected;
            expected = 0;
            lost = 0;
        }
        if (trend.signal() == Signal.OVERUSE) {
            decrease(nowNanos);
        } else if (lossFraction > HEAVY_LOSS) {
            if (nowNanos - lastLossNanos > BETWEEN_LOSSES_NANOS) {
                lastLossNanos = nowNanos;
                // What arrives in spite of the loss is carried, whatever the reason for the loss.
                set(Math.max(rate * (1 - lossFraction / 2), Math.min(rate, lastArrivedRate)));
            }
        } else if (trend.signal() == Signal.NORMAL) {
            grow(nowNanos);
        }
        lastGrowthNanos = nowNanos;
    }

    private void decrease(long nowNanos) {
        if (nowNanos - lastDecreaseNanos < BETWEEN_DECREASES_NANOS) {
            return;
        }
        lastDecreaseNanos = nowNanos;
        // What comes slower than it was sent came as fast as the path carries; else the queue is another's, or an old
        // one.
        boolean full = lateArrivedRate < FULL * lateSentRate;
        lastCeiling = lateArrivedRate;
        set(
                full
                        ? Math.min(rate, BACK_OFF * lateArrivedRate)
                        : Math.max(BACK_OFF * rate, Math.min(rate, lateArrivedRate)));
    }

    private void grow(long nowNanos) {
        double most = BEYOND_ARRIVED * lastArrivedRate + 10_000;
        if (rate >= most) {
            return;
        }
        double seconds = Math.min(1, (nowNanos - lastGrowthNanos) / NANOS_PER_SECOND);
        boolean near = lastCeiling > 0 && Math.abs(lastArrivedRate - lastCeiling) < NEAR * lastCeiling;
        if (!near && lastArrivedRate > lastCeiling) {
            lastCeiling = 0;
        }
        set(Math.min(most, near ? rate + ADDED_PER_SECOND * seconds : rate * Math.pow(GROWTH_PER_SECOND, seconds)));
    }

    /** So much came through while the path was tried: it can be counted on. */
    public void tried(long bitsPerSecond) {
        if (!isCongested()) {
            set(Math.max(rate, bitsPerSecond));
        }
    }

    /** What the subscriber says that it can take (REMB); believed of who does not report arrivals. */
    public void told(long bitsPerSecond) {
        if (!reported) {
            told = true;
            set(bitsPerSecond);
        }
    }

    /**
     * From a receiver report; all that we know of who reports nothing else.
     *
     * @param fraction of packets lost since the last report, 0 to 1
     */
    public void loss(double fraction) {
        if (reported || told) {
            return;
        }
        if (fraction > HEAVY_LOSS) {
            set(rate * (1 - fraction / 2));
        } else if (fraction < LIGHT_LOSS) {
            set(rate * GROWTH_PER_SECOND);
        }
    }

    /**
     * To be called now and then: a path from which no report comes is full, or broken. One on which nothing is sent any more,
     * because it was full, may be free again, and only what is sent can tell.
     */
    public void tick(long nowNanos) {
        if (reported && !forgotten && nowNanos - sentNanos[slot(next - 1)] > FORGET_NANOS) {
            forgotten = true;
            highestReported = next - 1;
            expected = 0;
            lost = 0;
            lossFraction = 0;
            trend = new DelayTrend();
        }
        if (reported && next - 1 > highestReported && nowNanos - lastReportNanos > SILENCE_NANOS) {
            lastReportNanos = nowNanos - SILENCE_NANOS / 2;
            set(rate / 2);
        }
    }

    private void set(double bitsPerSecond) {
        rate = Math.clamp(bitsPerSecond, LEAST_BITS_PER_SECOND, MOST_BITS_PER_SECOND);
    }

    private static int slot(long number) {
        return (int) (number & (CAPACITY - 1));
    }
}
