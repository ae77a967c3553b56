package org.everytake.peer.net;

import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/**
 * One direction of a way through a {@link VirtualNetwork}. What happens on it depends only on its own seed and on what
 * goes over it. Guarded by the network's lock.
 */
final class Link {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BITS = 8;

    private final SplittableRandom random;
    private Conditions conditions;
    private boolean inBurst;

    /** When the last bit of what waits will have gone out. */
    private long busyUntil = Long.MIN_VALUE;

    /** When the last datagram that keeps its place arrives. */
    private long lastArrival = Long.MIN_VALUE;

    Link(long seed, Conditions conditions) {
        this.random = new SplittableRandom(seed);
        this.conditions = conditions;
    }

    /** From now on for what enters. */
    void set(Conditions now) {
        conditions = now;
    }

    /**
     * Takes a datagram.
     *
     * @param nowNanos of its entry; never runs backwards
     * @param arrival is told when it arrives at the other end: not at all if it is lost, twice if it is duplicated
     * @return whether it arrives
     */
    boolean pass(int lengthBytes, long nowNanos, LongConsumer arrival) {
        // All dice are drawn for each, so that changing one condition leaves what comes of the others as it was.
        double burst = random.nextDouble();
        double loss = random.nextDouble();
        double late = random.nextDouble();
        double howLate = random.nextDouble();
        double twice = random.nextDouble();
        long leaves = queue(lengthBytes, nowNanos);
        if (leaves == Long.MIN_VALUE) {
            return false;
        }
        inBurst = inBurst
                ? burst >= conditions.bursts().ends()
                : burst < conditions.bursts().begins();
        if (inBurst || loss < conditions.loss()) {
            return false;
        }
        Conditions.Jitter jitter = conditions.jitter();
        long at = leaves + conditions.delay().toNanos();
        if (late < jitter.share()) {
            at += (long) (howLate * jitter.most().toNanos());
        }
        if (!jitter.reorders()) {
            at = Math.max(at, lastArrival);
            lastArrival = at;
        }
        arrival.accept(at);
        if (twice < conditions.duplication()) {
            arrival.accept(at);
        }
        return true;
    }

    /** When its last bit is out; {@link Long#MIN_VALUE} if there is no room for it. */
    private long queue(int lengthBytes, long nowNanos) {
        Conditions.RateLimit rate = conditions.rate();
        if (rate.bitsPerSecond() == 0) {
            return nowNanos;
        }
        long begins = Math.max(nowNanos, busyUntil);
        double waitingBytes = (begins - nowNanos) / NANOS_PER_SECOND * rate.bitsPerSecond() / BITS;
        if (waitingBytes + lengthBytes > rate.queueBytes()) {
            return Long.MIN_VALUE;
        }
        busyUntil = begins + (long) (lengthBytes * BITS * NANOS_PER_SECOND / rate.bitsPerSecond());
        return busyUntil;
    }
}
