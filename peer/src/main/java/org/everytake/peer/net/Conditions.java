package org.everytake.peer.net;

import java.time.Duration;

/**
 * What a network in memory does to datagrams.
 *
 * @param loss the probability with which one is lost, 0 to 1
 * @param delay of each
 * @param reordering the probability with which one is held back and so overtaken, 0 to 1
 * @param heldBack up to so much longer such a one takes, evenly distributed
 */
public record Conditions(double loss, Duration delay, double reordering, Duration heldBack) {
    /** Nothing is lost, delayed or reordered. */
    public static final Conditions PERFECT = new Conditions(0, Duration.ZERO, 0, Duration.ZERO);

    public Conditions {
        if (!isProbability(loss) || !isProbability(reordering) || delay.isNegative() || heldBack.isNegative()) {
            throw new IllegalArgumentException(
                    "loss " + loss + ", delay " + delay + ", reordering " + reordering + ", held back " + heldBack);
        }
    }

    /** Loss and delay only. */
    public static Conditions of(double loss, Duration delay) {
        return new Conditions(loss, delay, 0, Duration.ZERO);
    }

    private static boolean isProbability(double value) {
        return value >= 0 && value <= 1;
    }
}
