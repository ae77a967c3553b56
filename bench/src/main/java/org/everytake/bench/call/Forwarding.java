package org.everytake.bench.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.everytake.bench.server.Await;

/** What a forwarded copy costs: a room with viewers less the same without, in turn on one warm server; and its delay. */
final class Forwarding {
    private static final int PUBLISHERS = 10;
    private static final int VIEWERS = 4;
    private static final double MOST_MICROS = 16;
    private static final double MOST_DELAY_MILLIS = 1;
    private static final String DELAY = "everytake_call_delay_seconds";

    private final Bed bed;

    Forwarding(Bed bed) {
        this.bed = bed;
    }

    List<Figure> run() throws IOException, InterruptedException, TimeoutException {
        bed.say(PUBLISHERS + " publishers with " + VIEWERS + " viewers each, and with none, in turn.");
        Extent extent = bed.extent();
        List<Double> micros = new ArrayList<>();
        List<Double> delays = new ArrayList<>();
        long missing = 0;
        long copies = 0;
        try (EverytakeSubject subject = bed.startEverytake(List.of());
                Generator load = subject.load(List.of(), PUBLISHERS)) {
            load.publishers(PUBLISHERS);
            load.viewers(VIEWERS);
            Await.pass(extent.warmUpSeconds() - extent.settleSeconds());
            for (int pair = 0; pair < extent.pairs(); pair++) {
                load.viewers(VIEWERS);
                Await.pass(extent.settleSeconds());
                Reading with = bed.read(subject, load, extent.windowSeconds());
                load.viewers(0);
                Await.pass(extent.settleSeconds());
                Reading without = bed.read(subject, load, extent.windowSeconds());
                micros.add((with.share() - without.share()) / (with.copies() / with.seconds()) * 1e6);
                Double delay = with.first() == null || with.last() == null
                        ? null
                        : with.last().quantile(with.first(), DELAY, 0.99);
                if (delay != null) {
                    delays.add(delay * 1e3);
                }
                missing += with.missing();
                copies += with.copies();
            }
        }
        double median = Bed.median(micros);
        double delay = Bed.median(delays);
        return List.of(
                Figure.of(
                        "processor per forwarded copy, " + PUBLISHERS + " publishers with " + VIEWERS
                                + " viewers each, µs",
                        median,
                        "at most " + MOST_MICROS,
                        median <= MOST_MICROS),
                Figure.of("packets that viewers missed after repair, of " + copies, missing, "0", missing == 0),
                delays.isEmpty()
                        ? Figure.notHere(
                                "delay inside the server, receive to sent, p99, ms",
                                "at most " + MOST_DELAY_MILLIS,
                                "not exported: /metrics has no " + DELAY)
                        : Figure.of(
                                "delay inside the server, receive to sent, p99, ms",
                                delay,
                                "at most " + MOST_DELAY_MILLIS,
                                delay <= MOST_DELAY_MILLIS));
    }
}
