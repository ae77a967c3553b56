package org.everytake.call.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.everytake.wire.rtcp.TransportFeedback;
import org.junit.jupiter.api.Test;

/** The estimator against a link with a queue, in stepped time. */
class BandwidthEstimatorTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final int BYTES = 1_000;

    private final BandwidthEstimator estimator = new BandwidthEstimator();
    private final Random random = new Random(7);
    private final ArrivalLog log = new ArrivalLog();
    private final List<long[]> underWay = new ArrayList<>();
    private long now;
    private long free;
    private long linkBitsPerSecond = 50_000_000;
    private double loss;
    private long jitterNanos;

    /** Sends at a rate for a while, and feeds back what the link lets through. */
    private void send(long bitsPerSecond, double seconds) {
        long end = now + (long) (seconds * SECOND);
        double owed = 0;
        while (now < end) {
            now += 10 * MILLI;
            owed += bitsPerSecond / 100.0 / 8;
            while (owed >= BYTES) {
                owed -= BYTES;
                int number = estimator.sent(BYTES, now);
                free = Math.max(free, now) + BYTES * 8 * SECOND / linkBitsPerSecond;
                // A queue of a third of a second, then packets are dropped.
                boolean dropped = free - now > SECOND / 3 || random.nextDouble() < loss;
                if (free - now > SECOND / 3) {
                    free -= BYTES * 8 * SECOND / linkBitsPerSecond;
                }
                if (!dropped) {
                    long jitter = jitterNanos == 0 ? 0 : random.nextLong(jitterNanos);
                    underWay.add(new long[] {number, free + 20 * MILLI + jitter});
                }
            }
            underWay.removeIf(packet -> {
                if (packet[1] > now) {
                    return false;
                }
                log.arrived((int) packet[0], packet[1]);
                return true;
            });
            TransportFeedback feedback = log.due(1, 2, now);
            if (feedback != null) {
                estimator.feedback(feedback, now);
            }
            estimator.tick(now);
        }
    }

    @Test
    void aPathThatIsNotFullIsNotThoughtToBe() {
        send(500_000, 5);
        assertThat(estimator.isCongested()).isFalse();
        assertThat(estimator.hasShownItsLimit(now)).isFalse();
        assertThat(estimator.arrivedBitsPerSecond()).isBetween(450_000L, 550_000L);
        assertThat(estimator.bitsPerSecond()).isBetween(600_000L, 850_000L);
    }

    @Test
    void aLimitIsNoticedWithinHalfASecond() {
        send(1_500_000, 3);
        linkBitsPerSecond = 500_000;
        send(1_500_000, 0.5);
        assertThat(estimator.hasShownItsLimit(now)).isTrue();
        assertThat(estimator.bitsPerSecond()).isBetween(250_000L, 650_000L);
    }

    @Test
    void whoKeepsWithinTheEstimateStaysNearTheLimit() {
        linkBitsPerSecond = 800_000;
        for (int i = 0; i < 600; i++) {
            send(Math.max(100_000, estimator.bitsPerSecond()), 0.1);
        }
        assertThat(estimator.bitsPerSecond()).isBetween(450_000L, 900_000L);
    }

    @Test
    void fivePercentOfLossAndJitterAreNoCongestion() {
        loss = 0.05;
        jitterNanos = 30 * MILLI;
        send(500_000, 10);
        assertThat(estimator.bitsPerSecond()).isGreaterThan(400_000);
    }

    @Test
    void heavyLossIs() {
        send(500_000, 3);
        loss = 0.4;
        send(500_000, 2);
        assertThat(estimator.hasShownItsLimit(now)).isTrue();
        assertThat(estimator.bitsPerSecond()).isLessThan(400_000);
    }

    @Test
    void lossIsForgottenOnceNothingIsSentAnyMore() {
        loss = 0.3;
        send(500_000, 5);
        assertThat(estimator.isCongested()).isTrue();
        long before = estimator.bitsPerSecond();
        loss = 0;
        send(0, 10);
        assertThat(estimator.isCongested()).as("nobody knows").isFalse();
        send(20_000, 3);
        assertThat(estimator.isCongested()).isFalse();
        assertThat(estimator.bitsPerSecond()).isBetween(before / 2, 2 * before);
    }

    @Test
    void whatCameThroughOnTrialIsBelieved() {
        send(500_000, 3);
        send(2_000_000, 0.6);
        estimator.tried(estimator.arrivedBitsPerSecond());
        assertThat(estimator.bitsPerSecond()).isGreaterThan(1_500_000);
    }

    @Test
    void silenceLowersTheEstimate() {
        send(500_000, 3);
        long before = estimator.bitsPerSecond();
        loss = 1;
        send(500_000, 3);
        assertThat(estimator.bitsPerSecond()).isLessThan(before / 2);
    }

    @Test
    void whoReportsNothingIsBelievedWhatTheySayOrLose() {
        estimator.loss(0.5);
        assertThat(estimator.bitsPerSecond()).isEqualTo(450_000);
        estimator.loss(0);
        assertThat(estimator.bitsPerSecond()).isEqualTo(486_000);
        estimator.told(1_000_000);
        estimator.loss(0.5);
        assertThat(estimator.bitsPerSecond()).isEqualTo(1_000_000);
        estimator.told(Long.MAX_VALUE);
        assertThat(estimator.bitsPerSecond()).isEqualTo(BandwidthEstimator.MOST_BITS_PER_SECOND);
    }

    @Test
    void liesAreBounded() {
        int[] early = new int[4_000];
        Arrays.fill(early, 0);
        estimator.feedback(TransportFeedback.of(1, 2, 5, 0, 0, early, early.length), 0);
        assertThat(estimator.isReported()).as("nothing was sent").isFalse();
        send(500_000, 1);
        for (int i = 0; i < 10_000; i++) {
            int[] deltas = new int[200];
            Arrays.setAll(
                    deltas,
                    at -> random.nextInt(4) == 0 ? TransportFeedback.NOT_RECEIVED : random.nextInt(-32_768, 32_768));
            estimator.feedback(
                    TransportFeedback.of(1, 2, random.nextInt(65_536), random.nextInt(), i, deltas, 200), now);
            assertThat(estimator.bitsPerSecond())
                    .isBetween(BandwidthEstimator.LEAST_BITS_PER_SECOND, BandwidthEstimator.MOST_BITS_PER_SECOND);
        }
    }
}
