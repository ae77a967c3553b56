package org.everytake.bench.call;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.everytake.bench.server.Await;
import org.jspecify.annotations.Nullable;

/**
 * The largest number of publishers that one processor carries without loss: the server has one to itself, the load another;
 * doubled until something gives way, then halved in between.
 */
final class Ceiling {
    static final String NAME = "largest number of publishers per core without loss";
    private static final int FIRST = 100;
    private static final int MOST = 3200;
    private static final double WINDOW_SECONDS = 20;
    private static final double SETTLE_SECONDS = 10;

    /** Of the number, to which it is found out. */
    private static final double PRECISION = 0.06;

    private static final double BUSY = 0.97;
    private static final List<String> SERVERS_CORE = List.of("taskset", "-c", "0");
    private static final List<String> LOADS_CORE = List.of("taskset", "-c", "1");

    private final Bed bed;
    private String gaveWay = "nothing up to " + MOST;

    Ceiling(Bed bed) {
        this.bed = bed;
    }

    Figure run() throws IOException, InterruptedException, TimeoutException {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return Figure.notHere(NAME, "stated", "the load needs a processor of its own, and there is one only");
        }
        bed.say("Looking for the largest number of publishers on one processor.");
        int good = 0;
        int bad = MOST + 1;
        for (int next = FIRST; next > good && bad - good > PRECISION * bad; next = between(good, bad)) {
            // Who has lost half of their people is no measure for fewer: after each failure both start anew.
            try (EverytakeSubject subject = bed.startEverytake(SERVERS_CORE);
                    Generator load = bed.load(subject, LOADS_CORE)) {
                load.publishers(FIRST);
                Await.pass(bed.extent().warmUpSeconds());
                String why = null;
                while (why == null && next > good && bad - good > PRECISION * bad) {
                    why = holds(subject, load, next);
                    if (why == null) {
                        good = next;
                        next = between(good, bad);
                    } else {
                        bad = next;
                        gaveWay = why;
                    }
                }
            }
        }
        return Figure.of(NAME + " (first gave way: " + gaveWay + ")", good, "stated", true);
    }

    /** The next number to try; {@code good} itself when none is left. */
    private static int between(int good, int bad) {
        return bad > MOST ? Math.min(2 * good, MOST) : (good + bad) / 2;
    }

    /** Null if it does; else what gave way. */
    private @Nullable String holds(EverytakeSubject subject, Generator load, int publishers)
            throws InterruptedException {
        try {
            load.publishers(publishers);
            Await.pass(SETTLE_SECONDS);
            Reading reading = bed.read(subject, load, WINDOW_SECONDS);
            String why = cause(reading);
            bed.say("  " + publishers + (why == null ? " are carried." : " are too many: " + why + "."));
            return why;
        } catch (IOException refused) {
            bed.say("  " + publishers + " are too many: " + refused.getMessage());
            return "joining: " + refused.getMessage();
        }
    }

    private static @Nullable String cause(Reading reading) {
        double dropped = reading.grown("everytake_spool_dropped_packets_total");
        double givenUp = reading.grown("everytake_call_packets_given_up_total");
        String busy = reading.share() > BUSY ? ", the processor at 100 %" : "";
        if (reading.load().fellBehind()) {
            return String.format(
                    Locale.ROOT,
                    "the load generator, while the server took %.0f %% of its processor",
                    reading.share() * 100);
        }
        if (reading.receiveBufferErrors() > 0) {
            return reading.receiveBufferErrors() + " datagrams lost in the kernel" + busy;
        }
        if (dropped > 0) {
            return Math.round(dropped) + " packets dropped before the tape" + busy;
        }
        if (givenUp > 0) {
            return Math.round(givenUp) + " packets given up" + busy;
        }
        return reading.load().ended() > 0 ? reading.load().ended() + " publishers lost their connection" + busy : null;
    }
}
