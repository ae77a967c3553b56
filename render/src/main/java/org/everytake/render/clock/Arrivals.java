package org.everytake.render.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * When the packets of a stream arrived, thinned to the most punctual one of each second, and the stream's extended
 * time. Packets come in the order of their sequence. One thread.
 */
public final class Arrivals {
    private static final long WINDOW_NANOS = 1_000_000_000L;

    /** A packet: its extended timestamp and its arrival. */
    private record Seen(long timestamp, long arrivalNanos) {}

    private final int clockRate;
    private final List<Seen> best = new ArrayList<>();
    private long window = Long.MIN_VALUE;
    private long bestLateness;
    private long newest = -1;

    public Arrivals(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Notes a packet and gives its timestamp, extended beyond 32 bits. */
    public long add(long timestamp32, long arrivalNanos) {
        newest = newest < 0 ? timestamp32 : ClockMap.extend(timestamp32, newest);
        long inWindow = Math.floorDiv(arrivalNanos, WINDOW_NANOS);
        long lateness = arrivalNanos - ClockMap.nanos(newest, clockRate);
        if (inWindow > window) {
            window = inWindow;
            bestLateness = lateness;
            best.add(new Seen(newest, arrivalNanos));
        } else if (lateness < bestLateness) {
            bestLateness = lateness;
            best.set(best.size() - 1, new Seen(newest, arrivalNanos));
        }
        return newest;
    }

    public boolean isEmpty() {
        return best.isEmpty();
    }

    int clockRate() {
        return clockRate;
    }

    /** What is known of the newest stretch of so long. */
    Arrivals recent(long nanos) {
        Arrivals recent = new Arrivals(clockRate);
        recent.newest = newest;
        int from = best.size();
        while (from > 0 && best.get(from - 1).arrivalNanos >= best.getLast().arrivalNanos - nanos) {
            from--;
        }
        recent.best.addAll(best.subList(from, best.size()));
        return recent;
    }

    /** RTP time of the first packet, in nanoseconds. */
    long firstNanos() {
        return ClockMap.nanos(best.getFirst().timestamp, clockRate);
    }

    /** RTP time of the newest packet in nanoseconds, or shortly before. */
    long newestNanos() {
        return ClockMap.nanos(newest, clockRate);
    }

    /** A report's timestamp, extended to what the stream's packets had at about its arrival. */
    long extend(Report report) {
        Seen near = near(report.arrivalNanos());
        long since = Math.round((report.arrivalNanos() - near.arrivalNanos) * (clockRate / 1e9));
        return ClockMap.extend(report.timestamp32(), near.timestamp + since);
    }

    /** The one that arrived nearest to this time; they lie in the order of the seconds in which they came. */
    private Seen near(long arrivalNanos) {
        int from = 0;
        int to = best.size() - 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (best.get(middle).arrivalNanos < arrivalNanos) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Seen after = best.get(from);
        Seen before = best.get(Math.max(0, from - 1));
        return Math.abs(before.arrivalNanos - arrivalNanos) < Math.abs(after.arrivalNanos - arrivalNanos)
                ? before
                : after;
    }

    /** RTP time in nanoseconds against session time. */
    List<Sample> samples() {
        return best.stream()
                .map(seen -> new Sample(ClockMap.nanos(seen.timestamp, clockRate), seen.arrivalNanos))
                .toList();
    }
}
