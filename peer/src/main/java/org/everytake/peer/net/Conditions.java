package org.everytake.peer.net;

import java.time.Duration;

/**
 * What one direction of a network in memory does to datagrams, in this order: they wait for the rate, may be lost, take
 * the delay with its jitter, and may come twice.
 *
 * @param loss the probability with which one is lost by itself, 0 to 1
 * @param bursts in which those that follow each other are lost, besides
 * @param delay of each
 * @param jitter by which some take longer
 * @param duplication the probability with which one comes twice, 0 to 1
 * @param rate at which they go out
 */
public record Conditions(
        double loss, Bursts bursts, Duration delay, Jitter jitter, double duplication, RateLimit rate) {
    /** Nothing happens to them. */
    public static final Conditions PERFECT =
            new Conditions(0, Bursts.NONE, Duration.ZERO, Jitter.NONE, 0, RateLimit.NONE);

    /**
     * Loss by the model of Gilbert and Elliott: within a burst all is lost, outside nothing.
     *
     * @param share of all datagrams that is lost in bursts, 0 to below 1
     * @param meanLength of a burst in datagrams, at least 1; lengths are geometrically distributed
     */
    public record Bursts(double share, double meanLength) {
        public static final Bursts NONE = new Bursts(0, 1);

        public Bursts {
            if (!(share >= 0 && share < 1 && meanLength >= 1 && begins(share, meanLength) <= 1)) {
                throw new IllegalArgumentException("share " + share + ", mean length " + meanLength);
            }
        }

        /** The probability with which a burst begins at a datagram that follows one outside. */
        double begins() {
            return begins(share, meanLength);
        }

        /** The probability with which a burst ends before a datagram that follows one within. */
        double ends() {
            return 1 / meanLength;
        }

        private static double begins(double share, double meanLength) {
            return share / (meanLength * (1 - share));
        }
    }

    /**
     * @param share of the datagrams that take longer, 0 to 1
     * @param most by how much at most, evenly distributed
     * @param reorders whether those that were sent later may overtake; if not, they wait
     */
    public record Jitter(double share, Duration most, boolean reorders) {
        public static final Jitter NONE = new Jitter(0, Duration.ZERO, false);

        public Jitter {
            if (!isProbability(share) || most.isNegative()) {
                throw new IllegalArgumentException("share " + share + ", most " + most);
            }
        }
    }

    /**
     * A queue that drops at its tail.
     *
     * @param bitsPerSecond of UDP payload that leave it; 0 for no limit
     * @param queueBytes what may wait, the datagram that is going out among it
     */
    public record RateLimit(long bitsPerSecond, int queueBytes) {
        public static final RateLimit NONE = new RateLimit(0, 0);

        public RateLimit {
            if (bitsPerSecond < 0 || queueBytes < 0) {
                throw new IllegalArgumentException("bit/s " + bitsPerSecond + ", queue " + queueBytes);
            }
        }
    }

    public Conditions {
        if (!isProbability(loss) || !isProbability(duplication) || delay.isNegative()) {
            throw new IllegalArgumentException("loss " + loss + ", delay " + delay + ", duplication " + duplication);
        }
    }

    /** Loss and delay only. */
    public static Conditions of(double loss, Duration delay) {
        return PERFECT.withLoss(loss).withDelay(delay);
    }

    public Conditions withLoss(double probability) {
        return new Conditions(probability, bursts, delay, jitter, duplication, rate);
    }

    public Conditions withBursts(double share, double meanLength) {
        return new Conditions(loss, new Bursts(share, meanLength), delay, jitter, duplication, rate);
    }

    public Conditions withDelay(Duration each) {
        return new Conditions(loss, bursts, each, jitter, duplication, rate);
    }

    /** Every datagram takes longer by up to so much, and none overtakes another. */
    public Conditions withJitter(Duration most) {
        return new Conditions(loss, bursts, delay, new Jitter(1, most, false), duplication, rate);
    }

    /**
     * Some are held back, and so may be overtaken.
     *
     * @param share of all, 0 to 1
     * @param most up to so long
     */
    public Conditions withReordering(double share, Duration most) {
        return new Conditions(loss, bursts, delay, new Jitter(share, most, true), duplication, rate);
    }

    public Conditions withDuplication(double probability) {
        return new Conditions(loss, bursts, delay, jitter, probability, rate);
    }

    public Conditions withRate(long bitsPerSecond, int queueBytes) {
        return new Conditions(loss, bursts, delay, jitter, duplication, new RateLimit(bitsPerSecond, queueBytes));
    }

    private static boolean isProbability(double value) {
        return value >= 0 && value <= 1;
    }
}
