package org.everytake.render.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.everytake.render.Span;

/**
 * Which of several streams of one source is seen when: of those that have new pictures the largest, so that the picture
 * goes on with a better layer as soon as one can be decoded, and with a lesser one when the better ends. Where none has
 * new ones, the one that had the newest is held on.
 */
final class Selection {
    /**
     * A stream.
     *
     * @param pixels of its largest picture
     * @param live when it always has new pictures
     * @param held when it can be seen at all
     */
    record Candidate(long pixels, List<Span> live, List<Span> held) {}

    /** A stretch in which a stream has nothing new. */
    private record Rest(int candidate, Span span) {}

    private Selection() {}

    /** For each stream when it is seen, in order and without overlaps. */
    static List<List<Span>> of(List<Candidate> candidates) {
        List<List<Span>> seen = new ArrayList<>();
        candidates.forEach(candidate -> seen.add(new ArrayList<>()));
        List<Span> taken = new ArrayList<>();
        List<Integer> bySize = IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                        (Integer i) -> -candidates.get(i).pixels()))
                .toList();
        for (int i : bySize) {
            Candidate candidate = candidates.get(i);
            take(seen.get(i), Span.intersect(Span.union(candidate.live()), Span.union(candidate.held())), taken);
        }
        List<Rest> rests = new ArrayList<>();
        for (int i : bySize) {
            for (Span span :
                    Span.subtract(candidates.get(i).held(), candidates.get(i).live())) {
                rests.add(new Rest(i, span));
            }
        }
        rests.sort(Comparator.comparingLong((Rest rest) -> -rest.span.startNanos()));
        rests.forEach(rest -> take(seen.get(rest.candidate), List.of(rest.span), taken));
        return seen.stream().map(Span::union).toList();
    }

    private static void take(List<Span> seen, List<Span> wanted, List<Span> taken) {
        List<Span> free = Span.subtract(wanted, taken);
        seen.addAll(free);
        taken.addAll(free);
    }
}
