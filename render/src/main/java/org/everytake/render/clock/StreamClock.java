package org.everytake.render.clock;

import java.util.List;

/**
 * What is known about the clock of one stream.
 *
 * @param sender whose clock it may be: streams of different senders never share one
 */
public record StreamClock(String sender, Arrivals arrivals, List<Report> reports) {
    public StreamClock {
        reports = List.copyOf(reports);
    }

    boolean isReported() {
        return !reports.isEmpty() && !arrivals.isEmpty();
    }
}
