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
    private record Seen(long timestamp, long arrivalNanos) {
        long lateness(int clockRate) {
            return arrivalNanos - ClockMap.nanos(timestamp, clockRate);
        }
    }

    private final int clockRate;
    private final List<Seen> best = new ArrayList<>();
    private long window = Long.MIN_VALUE;
    private long newest = -1;

    public Arrivals(int clockRate) {
        this.clockRate = clockRate;
    }

    /** Notes a packet and gives its timestamp, extended beyond 32 bits. */
    public long add(long timestamp32, long arrivalNanos) {
        newest = newest < 0 ? timestamp32 : ClockMap.extend(timestamp32, newest);
        Seen seen = new Seen(newest, arrivalNanos);
        long inWindow = Math.floorDiv(arrivalNanos, WINDOW_NANOS);
        if (inWindow > window) {
            window = inWindow;
            best.add(seen);
        } else if (seen.lateness(clockRate) < best.getLast().lateness(clockRate)) {
            best.set(best.size() - 1, seen);
        }
        return newest;
    }

    public boolean isEmpty() {
        return best.isEmpty();
    }

    int clockRate() {
        return clockRate;
    }

    /** A report's timestamp, extended to what the stream's packets had at about its arrival. */
    long extend(Report report) {
        Seen near = best.getFirst();
        for (Seen seen : best) {
            if (Math.abs(seen.arrivalNanos - report.arrivalNanos())
                    < Math.abs(near.arrivalNanos - report.arrivalNanos())) {
                near = seen;
            }
        }
        long since = Math.round((report.arrivalNanos() - near.arrivalNanos) * (clockRate / 1e9));
        return ClockMap.extend(report.timestamp32(), near.timestamp + since);
    }

    /** RTP time in nanoseconds against session time. */
    List<Sample> samples() {
        return best.stream()
                .map(seen -> new Sample(ClockMap.nanos(seen.timestamp, clockRate), seen.arrivalNanos))
                .toList();
    }
}
