package org.everytake.render;

import java.util.Optional;

/** A stretch of output frames, from {@code start} up to but not including {@code end}. */
public record Ticks(long start, long end) {
    public Ticks {
        if (end <= start) {
            throw new IllegalArgumentException("No frames: " + start + " to " + end);
        }
    }

    public long count() {
        return end - start;
    }

    /** What of it lies within another stretch, if anything does. */
    public Optional<Ticks> within(Ticks other) {
        long from = Math.max(start, other.start);
        long to = Math.min(end, other.end);
        return from < to ? Optional.of(new Ticks(from, to)) : Optional.empty();
    }

    @Override
    public String toString() {
        return start + ".." + end;
    }
}
