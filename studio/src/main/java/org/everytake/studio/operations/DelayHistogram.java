package org.everytake.studio.operations;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Arrays;
import org.everytake.call.ForwardingDelay;

/**
 * The delay of forwarding as a histogram of Prometheus: {@code _bucket}, {@code _sum}, {@code _count}. The call counts by
 * itself, without a thread of ours between, and micrometer has histograms only of what it is told one by one.
 */
final class DelayHistogram {
    private static final String NAME = "everytake_call_delay_seconds";
    private static final double NANOS = 1e9;

    private DelayHistogram() {}

    static HistogramSnapshot of(ForwardingDelay.Measured measured) {
        long[] bounds = ForwardingDelay.boundsNanos();
        double[] seconds = new double[bounds.length + 1];
        Arrays.setAll(seconds, i -> i < bounds.length ? bounds[i] / NANOS : Double.POSITIVE_INFINITY);
        return HistogramSnapshot.builder()
                .name(NAME)
                .help("Copies of packets that were forwarded, by how long they were inside the server")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(seconds, measured.counts()))
                        .sum(measured.sumNanos() / NANOS)
                        .build())
                .build();
    }
}
