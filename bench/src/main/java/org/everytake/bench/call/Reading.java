package org.everytake.bench.call;

import java.io.IOException;
import java.util.Locale;
import org.everytake.bench.server.Await;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a server while the load stayed the same.
 *
 * @param processorSeconds of the server's own process
 * @param childrensSeconds of its children: PostgreSQL's
 * @param residentMegabytes at the end
 * @param receiveBufferErrors of the kernel, in the server's namespace
 * @param packets sent by publishers
 * @param copies received by viewers
 * @param missing sequence numbers that viewers missed
 * @param first what the server said of itself at the beginning, and {@code last} at the end
 * @param generatorSeconds of processor that the load took
 * @param load at the end
 */
record Reading(
        double seconds,
        double processorSeconds,
        double childrensSeconds,
        double residentMegabytes,
        long receiveBufferErrors,
        long packets,
        long octets,
        long copies,
        long missing,
        @Nullable Scrape first,
        @Nullable Scrape last,
        double generatorSeconds,
        Tally load) {

    static Reading take(Subject subject, Generator generator, double seconds) throws IOException, InterruptedException {
        ProcessMeter meter = subject.meter();
        Scrape first = subject.scrape();
        Tally before = generator.tally();
        long errors = meter.receiveBufferErrors();
        double children = meter.childrensProcessorSeconds();
        double own = meter.processorSeconds();
        long from = System.nanoTime();
        Await.pass(seconds);
        double ownAfter = meter.processorSeconds();
        long until = System.nanoTime();
        double childrenAfter = meter.childrensProcessorSeconds();
        Tally after = generator.tally();
        return new Reading(
                (until - from) / 1e9,
                ownAfter - own,
                childrenAfter - children,
                meter.residentMegabytes(),
                meter.receiveBufferErrors() - errors,
                after.sentPackets() - before.sentPackets(),
                after.sentOctets() - before.sentOctets(),
                after.receivedPackets() - before.receivedPackets(),
                after.missingPackets() - before.missingPackets(),
                first,
                subject.scrape(),
                after.processorSeconds() - before.processorSeconds(),
                after);
    }

    /** Processor seconds of the server's own process per publisher and minute. */
    double perPublisherMinute() {
        return processorSeconds / load.publishers() * 60 / seconds;
    }

    /** Of one processor. */
    double share() {
        return processorSeconds / seconds;
    }

    /** By how much a figure of the server has grown; 0 if it says nothing. */
    double grown(String name) {
        return first == null || last == null ? 0 : last.since(first, name);
    }

    String line(Subject subject) {
        return String.format(
                Locale.ROOT,
                "  %-9s %4d publishers, %3d viewers: %.3f processor s per publisher-minute (%.0f %% of a processor,"
                        + " PostgreSQL %.1f %%), %.0f MB, %d kbit/s each, kernel's receive errors %d; load: %.0f %% of a"
                        + " processor, worst %.0f ms late%s%s",
                subject.name(),
                load.publishers(),
                load.viewers(),
                perPublisherMinute(),
                share() * 100,
                childrensSeconds / seconds * 100,
                residentMegabytes,
                Math.round(octets * 8 / seconds / 1000 / load.publishers()),
                receiveBufferErrors,
                generatorSeconds / seconds * 100,
                load.latestMillis(),
                load.fellBehind() ? ", FELL BEHIND" : "",
                load.ended() > 0 ? ", " + load.ended() + " PUBLISHERS GONE" : "");
    }
}
