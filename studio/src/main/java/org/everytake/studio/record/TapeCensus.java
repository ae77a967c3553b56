package org.everytake.studio.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.everytake.studio.library.TakeFacts;
import org.everytake.tape.Event;
import org.everytake.tape.Source;
import org.everytake.tape.Stamped;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;

/**
 * Reads from a tape what its recorder did not live to tell. Reads every packet of it, so not before the doors open.
 */
final class TapeCensus {
    private final Map<String, String> people = new LinkedHashMap<>();
    private final Map<Integer, Count> takes = new LinkedHashMap<>();
    private long endNanos;

    private static final class Count {
        final Source source;
        final long openedNanos;
        long closedNanos;
        String reason = "interrupted";
        long packets;
        long dropped;

        Count(Source source, long openedNanos) {
            this.source = source;
            this.openedNanos = openedNanos;
            this.closedNanos = openedNanos;
        }
    }

    private TapeCensus() {}

    static TapeFacts of(RecordedTape tape) {
        TapeCensus census = new TapeCensus();
        tape.started().snapshot().people().forEach(person -> census.people.put(person.person(), person.name()));
        tape.journal().forEach(census::hear);
        tape.takes().forEach(census::count);
        return census.facts();
    }

    private void hear(Stamped stamped) {
        endNanos = Math.max(endNanos, stamped.stampNanos());
        switch (stamped.event()) {
            case Event.RecordingStarted started ->
                started.snapshot().people().forEach(person -> people.put(person.person(), person.name()));
            case Event.PersonJoined joined -> people.put(joined.person(), joined.name());
            case Event.TakeOpened opened ->
                takes.putIfAbsent(opened.take(), new Count(opened.source(), stamped.stampNanos()));
            case Event.TakeClosed closed ->
                takes.computeIfPresent(closed.take(), (ignored, count) -> {
                    count.closedNanos = stamped.stampNanos();
                    count.reason = closed.reason();
                    return count;
                });
            case Event.PacketsDropped dropped ->
                takes.computeIfPresent(dropped.take(), (ignored, count) -> {
                    count.dropped += dropped.count();
                    return count;
                });
            case Event.PersonLeft personLeft -> {}
            case Event.SourceMuted sourceMuted -> {}
            case Event.SenderReported senderReported -> {}
            case Event.Interrupted interrupted -> {}
            case Event.RecordingStopped recordingStopped -> {}
            case Event.UnknownEvent unknownEvent -> {}
        }
    }

    /** A take whose end was not journalled ends with its last packet. */
    private void count(RecordedTake take) {
        Count count = takes.computeIfAbsent(
                take.number(),
                ignored -> new Count(
                        take.description().source(),
                        take.descriptions().getFirst().stampNanos()));
        for (var packet : take.arrivals()) {
            count.packets++;
            count.closedNanos = Math.max(count.closedNanos, packet.stampNanos());
        }
        endNanos = Math.max(endNanos, count.closedNanos);
    }

    private TapeFacts facts() {
        List<TakeFacts> all = takes.entrySet().stream()
                .map(entry -> facts(entry.getKey(), entry.getValue()))
                .toList();
        return new TapeFacts(people, all, endNanos);
    }

    private static TakeFacts facts(int take, Count count) {
        return new TakeFacts(
                take,
                count.source.person(),
                count.source.kind().name().toLowerCase(Locale.ROOT),
                count.source.device(),
                count.openedNanos / 1_000_000,
                count.closedNanos / 1_000_000,
                count.reason,
                count.packets,
                count.dropped);
    }
}
