package org.everytake.studio.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import org.everytake.call.ForwardingDelay;
import org.junit.jupiter.api.Test;

class DelayHistogramTest {

    @Test
    void copiesAreInTheBucketOfTheirDelayAndTheirTimesInTheSum() {
        var delay = new ForwardingDelay();
        delay.forwarded(1_000, 4);
        delay.forwarded(400_000, 1);
        delay.sent(500_000);
        var other = new ForwardingDelay();
        other.forwarded(0, 2);
        other.sent(3_000_000_000L);

        HistogramDataPointSnapshot point = DelayHistogram.of(delay.measured().and(other.measured()))
                .getDataPoints()
                .getFirst();

        assertThat(point.getCount()).isEqualTo(7);
        assertThat(point.getSum()).isCloseTo(4 * 499e-6 + 100e-6 + 2 * 3, within(1e-9));
        assertThat(point.getClassicBuckets().stream().filter(bucket -> bucket.getCount() > 0))
                .extracting(ClassicHistogramBucket::getUpperBound, ClassicHistogramBucket::getCount)
                .containsExactly(tuple(100e-6, 1L), tuple(500e-6, 4L), tuple(Double.POSITIVE_INFINITY, 2L));
    }
}
