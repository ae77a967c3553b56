package org.everytake.render.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes the {@link ClockMap} of every stream of a recording, from all that is known when it is over.
 *
 * <p>Streams of one sender share a clock when what their reports say about it agrees; somebody who returns from another
 * machine does not agree with himself. The sender's clock meets session time on the lower edge of arrival minus sent,
 * less half the least round trip where that is known: the network only ever delays.
 */
public final class ClockMaps {
    private static final long AGREEMENT_NANOS = 250_000_000L;
    private static final double NTP_UNIT_NANOS = 1e9 / (1L << 32);

    private ClockMaps() {}

    /** The maps of these streams, in the same order; a stream without packets gets a map that is of no use. */
    public static List<ClockMap> of(List<StreamClock> streams, long leastRoundTripNanos) {
        List<List<StreamClock>> groups = groups(streams);
        return streams.stream()
                .map(stream -> map(stream, groups, leastRoundTripNanos))
                .toList();
    }

    private static ClockMap map(StreamClock stream, List<List<StreamClock>> groups, long leastRoundTripNanos) {
        int clockRate = stream.arrivals().clockRate();
        if (stream.arrivals().isEmpty()) {
            return ClockMap.arrived(clockRate, Polyline.line(0, 0, 0));
        }
        for (List<StreamClock> group : groups) {
            if (stream.isReported() && group.contains(stream)) {
                return reported(stream, group, leastRoundTripNanos);
            }
        }
        return ClockMap.arrived(clockRate, RobustLine.lower(stream.arrivals().samples()));
    }

    private static ClockMap reported(StreamClock stream, List<StreamClock> group, long leastRoundTripNanos) {
        long base = group.getFirst().reports().getFirst().ntp64();
        Arrivals arrivals = stream.arrivals();
        List<Sample> media = stream.reports().stream()
                .map(report -> new Sample(
                        ClockMap.nanos(arrivals.extend(report), arrivals.clockRate()), senderNanos(report, base)))
                .toList();
        List<Sample> network = group.stream()
                .flatMap(member -> member.reports().stream())
                .map(report -> new Sample(senderNanos(report, base), report.arrivalNanos() - leastRoundTripNanos / 2))
                .toList();
        return ClockMap.reported(arrivals.clockRate(), RobustLine.middle(media), RobustLine.lower(network));
    }

    private static List<List<StreamClock>> groups(List<StreamClock> streams) {
        List<List<StreamClock>> groups = new ArrayList<>();
        for (StreamClock stream : streams) {
            if (!stream.isReported()) {
                continue;
            }
            List<StreamClock> group = groups.stream()
                    .filter(known -> sameClock(known, stream))
                    .findFirst()
                    .orElse(null);
            if (group == null) {
                groups.add(new ArrayList<>(List.of(stream)));
            } else {
                group.add(stream);
            }
        }
        return groups;
    }

    /** Same sender, and the offsets agree, but for what two crystals may drift apart from one stream to the other. */
    private static boolean sameClock(List<StreamClock> group, StreamClock stream) {
        return group.getFirst().sender().equals(stream.sender())
                && group.stream().anyMatch(member -> {
                    long base = member.reports().getFirst().ntp64();
                    Report one = middle(member.reports(), base);
                    Report other = middle(stream.reports(), base);
                    long apart = Math.abs(offset(one, base) - offset(other, base));
                    long drift =
                            Math.round(RobustLine.MOST_DEVIATION * Math.abs(one.arrivalNanos() - other.arrivalNanos()));
                    return apart <= AGREEMENT_NANOS + drift;
                });
    }

    /** The report with the median offset: wrong ones are at the ends. */
    private static Report middle(List<Report> reports, long base) {
        List<Report> sorted = reports.stream()
                .sorted((a, b) -> Long.compare(offset(a, base), offset(b, base)))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    private static long offset(Report report, long base) {
        return report.arrivalNanos() - senderNanos(report, base);
    }

    /** The sender's clock since {@code base}; the difference of two NTP times is right across the era of 2036, too. */
    private static long senderNanos(Report report, long base) {
        long units = report.ntp64() - base;
        return (units >> 32) * 1_000_000_000L + Math.round((units & 0xFFFF_FFFFL) * NTP_UNIT_NANOS);
    }
}
