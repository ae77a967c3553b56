package org.everytake.bench.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.everytake.bench.server.Await;

/** What a forwarded copy costs: a room with viewers less the same without, in turn on one warm server. */
final class Forwarding {
    private static final int PUBLISHERS = Bed.ROOM_SIZE;
    private static final int VIEWERS = 4;
    private static final double MOST_MICROS = 16;
    private static final double MOST_DELAY_MILLIS = 1;
    private static final String DELAY = "everytake_call_delay_seconds";

    private final Bed bed;
    private final Seen ours = new Seen();
    private final Seen janus = new Seen();

    Forwarding(Bed bed) {
        this.bed = bed;
    }

    List<Figure> run() throws IOException, InterruptedException, TimeoutException {
        bed.say(PUBLISHERS + " publishers with " + VIEWERS + " viewers each, and with none, in turn.");
        try (EverytakeSubject subject = bed.startEverytake(List.of())) {
            measure(subject, ours);
        }
        if (bed.janus() != null) {
            try (JanusSubject subject = bed.startJanus()) {
                measure(subject, janus);
            }
        }
        return figures();
    }

    private void measure(Subject subject, Seen seen) throws IOException, InterruptedException {
        Extent extent = bed.extent();
        try (Generator load = bed.load(subject, List.of())) {
            load.publishers(PUBLISHERS);
            load.viewers(VIEWERS);
            Await.pass(extent.warmUpSeconds() - extent.settleSeconds());
            for (int pair = 0; pair < extent.pairs(); pair++) {
                load.viewers(VIEWERS);
                Await.pass(extent.settleSeconds());
                Reading with = bed.read(subject, load, extent.windowSeconds());
                load.viewers(0);
                Await.pass(extent.settleSeconds());
                seen.add(with, bed.read(subject, load, extent.windowSeconds()));
            }
        }
    }

    /** Of one server. */
    private static final class Seen {
        final List<Double> micros = new ArrayList<>();
        final List<Double> delayMillis = new ArrayList<>();
        long missing;
        long copies;

        void add(Reading with, Reading without) {
            micros.add((with.share() - without.share()) / (with.copies() / with.seconds()) * 1e6);
            missing += with.missing();
            copies += with.copies();
            Double delay = with.first() == null || with.last() == null
                    ? null
                    : with.last().quantile(with.first(), DELAY, 0.99);
            if (delay != null) {
                delayMillis.add(delay * 1e3);
            }
        }
    }

    private List<Figure> figures() {
        double micros = Bed.median(ours.micros);
        double delay = Bed.median(ours.delayMillis);
        String whatDelay = "delay inside the server, receive to sent, p99, ms";
        String mostDelay = "at most " + MOST_DELAY_MILLIS;
        return List.of(
                Figure.beside(
                        "processor per forwarded copy, " + PUBLISHERS + " publishers with " + VIEWERS
                                + " viewers each, µs",
                        micros,
                        janus.micros.isEmpty() ? null : Bed.median(janus.micros),
                        "at most " + MOST_MICROS,
                        micros <= MOST_MICROS),
                Figure.of(
                        "packets that viewers missed after repair, of " + ours.copies,
                        ours.copies == 0 ? Double.NaN : ours.missing,
                        "0",
                        ours.missing == 0),
                ours.delayMillis.isEmpty()
                        ? Figure.notHere(whatDelay, mostDelay, "not exported: /metrics has no " + DELAY)
                        : Figure.of(whatDelay, delay, mostDelay, delay <= MOST_DELAY_MILLIS));
    }
}
