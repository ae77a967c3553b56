package org.everytake.peer.net;

import java.time.Duration;

/**
 * What a network in memory does to datagrams.
 *
 * @param loss the probability with which one is lost, 0 to 1
 * @param delay of each
 * @param jitter up to so much is added to the delay, evenly distributed; what is sent closer together is reordered
 */
public record Conditions(double loss, Duration delay, Duration jitter) {
    /** Nothing is lost, delayed or reordered. */
    public static final Conditions PERFECT = new Conditions(0, Duration.ZERO, Duration.ZERO);

    public Conditions {
        if (!(loss >= 0 && loss <= 1) || delay.isNegative() || jitter.isNegative()) {
            throw new IllegalArgumentException("loss " + loss + ", delay " + delay + ", jitter " + jitter);
        }
    }

    public static Conditions of(double loss, Duration delay, Duration jitter) {
        return new Conditions(loss, delay, jitter);
    }
}
