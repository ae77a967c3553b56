package org.everytake.render.clock;

import java.util.Arrays;

/**
 * How far a stream's packets, or its sender reports where there are any, came behind where its {@link ClockMap} puts them: the
 * network's delay beyond its least, and whatever a wrong fit adds.
 *
 * @param samples how many were compared
 */
public record Residual(int samples, long medianNanos, long worstNanos) {
    /** Of a stream and its map. */
    public static Residual of(StreamClock stream, ClockMap map) {
        Arrivals arrivals = stream.arrivals();
        long[] late = stream.isReported()
                ? stream.reports().stream()
                        .mapToLong(report -> report.arrivalNanos() - map.sessionNanos(arrivals.extend(report)))
                        .toArray()
                : arrivals.samples().stream()
                        .mapToLong(sample -> sample.y() - map.ofMedia(sample.x()))
                        .toArray();
        if (late.length == 0) {
            return new Residual(0, 0, 0);
        }
        long[] sorted = Arrays.stream(late).map(Math::abs).sorted().toArray();
        return new Residual(late.length, sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }
}
