package org.everytake.bench.call;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.everytake.bench.server.Await;
import org.everytake.bench.tape.Gaps;

/** Publishers alone, ours and Janus in turn, each warmed up by the largest crowd, of which ever more fall
 * silent; and our tape. */
final class Pairs {
    private static final double MOST_PER_PUBLISHER = 0.5;
    private static final double MOST_PER_PUBLISHER_OF_FEW = 1.0;
    private static final int FEW = 8;
    private static final double MOST_MEGABYTES = 512;

    /** After the last packet: for what is still asked for, and for the commit. */
    private static final double REST_SECONDS = 3;

    private final Bed bed;
    private final Map<Integer, List<Double>> ours = new TreeMap<>();
    private final Map<Integer, List<Double>> janus = new TreeMap<>();
    private final List<Double> megabytes = new ArrayList<>();
    private final List<Double> janusMegabytes = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final List<Figure> tape = new ArrayList<>();

    Pairs(Bed bed) {
        this.bed = bed;
    }

    List<Figure> run() throws IOException, InterruptedException, TimeoutException {
        Extent extent = bed.extent();
        for (int pair = 1; pair <= extent.pairs(); pair++) {
            bed.say("Publishers alone, pair " + pair + " of " + extent.pairs() + ".");
            boolean last = pair == extent.pairs();
            try (EverytakeSubject subject = bed.startEverytake(List.of());
                    Generator load = bed.load(subject, List.of())) {
                crowds(subject, load, ours, megabytes);
                if (last) {
                    tape(subject, load);
                }
            }
            if (bed.janus() != null) {
                try (JanusSubject subject = bed.startJanus();
                        Generator load = bed.load(subject, List.of())) {
                    crowds(subject, load, janus, janusMegabytes);
                    double recorded = subject.janus().recordedMegabytes();
                    bed.say(String.format(Locale.ROOT, "  Janus has recorded %.0f MB.", recorded));
                    if (recorded < 1) {
                        troubles.add("Janus recorded nothing");
                    }
                }
            }
        }
        return figures();
    }

    private void crowds(Subject subject, Generator load, Map<Integer, List<Double>> into, List<Double> memory)
            throws IOException, InterruptedException {
        for (int crowd : bed.extent().crowds()) {
            load.publishers(crowd);
            // Its figures have been asked for before, as those of any server that is looked after.
            subject.scrape();
            boolean first = crowd == bed.extent().largestCrowd();
            Await.pass(first ? bed.extent().warmUpSeconds() : bed.extent().settleSeconds());
            Reading reading = bed.read(subject, load, bed.extent().windowSeconds());
            into.computeIfAbsent(crowd, c -> new ArrayList<>()).add(reading.perPublisherMinute());
            if (crowd == bed.extent().largestCrowd()) {
                memory.add(reading.residentMegabytes());
            }
            if (reading.load().fellBehind()) {
                troubles.add("the load fell behind at " + crowd + " publishers of " + subject.name());
            }
        }
    }

    /** Of the largest crowd. */
    private void tape(EverytakeSubject subject, Generator load) throws IOException, InterruptedException {
        double seconds = bed.extent().tapeSeconds();
        bed.say(String.format(Locale.ROOT, "The largest crowd for %.0f s, for the sake of its tape.", seconds));
        load.publishers(bed.extent().largestCrowd());
        Await.pass(bed.extent().settleSeconds());
        Instant from = Instant.now();
        Reading reading = bed.read(subject, load, seconds);
        load.silence();
        Await.pass(REST_SECONDS);
        List<Gaps> streams = subject.endAndReadTape(from);
        long missing = streams.stream().mapToLong(Gaps::missing).sum();
        long records = streams.stream().mapToLong(Gaps::records).sum();
        bed.say(String.format(
                Locale.ROOT,
                "  On tape: %d streams, %d packets, %d missing; dropped before the tape: %.0f; asked for again: %.0f;"
                        + " given up: %.0f.",
                streams.size(),
                records,
                missing,
                reading.grown("everytake_spool_dropped_packets_total"),
                reading.grown("everytake_call_nacks_sent_total"),
                reading.grown("everytake_call_packets_given_up_total")));
        boolean whole = streams.stream().filter(stream -> stream.records() > 0).count()
                == 2L * bed.extent().largestCrowd();
        tape.add(Figure.of(
                String.format(
                        Locale.ROOT,
                        "sequence numbers missing on tape after repair, %d publishers, %.0f s, of %d packets (kernel's"
                                + " receive errors: %d)",
                        bed.extent().largestCrowd(),
                        seconds,
                        records,
                        reading.receiveBufferErrors()),
                whole ? missing : Double.NaN,
                "0",
                missing == 0));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        ours.forEach((crowd, values) -> {
            double limit = crowd <= FEW ? MOST_PER_PUBLISHER_OF_FEW : MOST_PER_PUBLISHER;
            figures.add(ratio(
                    "processor seconds of the server per publisher-minute, " + crowd + " publishers",
                    Bed.median(values),
                    Bed.median(janus.getOrDefault(crowd, List.of())),
                    limit));
        });
        figures.addAll(tape);
        figures.add(beside(
                "resident memory at " + bed.extent().largestCrowd() + " publishers, MB",
                Bed.median(megabytes),
                Bed.median(janusMegabytes),
                MOST_MEGABYTES));
        if (bed.janus() == null) {
            figures.add(Figure.notHere("Janus beside each of these", "stated", bed.whyNoJanus()));
        }
        figures.add(Figure.of(
                "runs that were not as they should be"
                        + (troubles.isEmpty() ? "" : " (" + String.join("; ", troubles) + ")"),
                troubles.size(),
                "0",
                troubles.isEmpty()));
        return figures;
    }

    private static Figure beside(String name, double value, double peer, double limit) {
        return Figure.beside(name, value, Double.isNaN(peer) ? null : peer, "at most " + limit, value <= limit);
    }

    /** What must be at most so many times that of Janus; left open where there is no Janus. */
    private static Figure ratio(String name, double value, double peer, double limit) {
        String must = "at most " + limit + " of Janus's";
        return Double.isNaN(peer)
                ? Figure.notHere(name, must, String.format(Locale.ROOT, "%.2f, and no Janus beside", value))
                : Figure.beside(name, value, peer, must, value / peer <= limit);
    }
}
