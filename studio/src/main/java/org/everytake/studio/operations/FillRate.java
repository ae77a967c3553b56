package org.everytake.studio.operations;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How fast each disk has filled in the last ten minutes, by what was free every ten seconds. Any thread. */
final class FillRate {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    /** From less than this no rate is told. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private static final Duration FARTHEST = Duration.ofDays(30);

    private record Sample(long nanos, long freeBytes) {}

    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    /** Takes note of what is free; sooner than ten seconds after the last note, of nothing. */
    synchronized void note(String disk, long freeBytes, long nanos) {
        Deque<Sample> known = samples.computeIfAbsent(disk, ignored -> new ArrayDeque<>());
        if (known.isEmpty() || nanos - known.getLast().nanos >= EVERY.toNanos()) {
            known.addLast(new Sample(nanos, freeBytes));
        }
        while (nanos - known.getFirst().nanos > REMEMBERED.toNanos()) {
            known.removeFirst();
        }
    }

    /** When nothing will be free if it goes on so; empty if it does not fill, not within 30 days, or is not known yet. */
    synchronized Optional<Duration> fullIn(String disk, long freeBytes, long nanos) {
        Deque<Sample> known = samples.get(disk);
        if (known == null || known.isEmpty()) {
            return Optional.empty();
        }
        Sample oldest = known.getFirst();
        long took = nanos - oldest.nanos;
        long filled = oldest.freeBytes - freeBytes;
        if (took < LEAST.toNanos() || filled <= 0) {
            return Optional.empty();
        }
        double left = (double) freeBytes * took / filled;
        return left > FARTHEST.toNanos() ? Optional.empty() : Optional.of(Duration.ofNanos((long) left));
    }
}
