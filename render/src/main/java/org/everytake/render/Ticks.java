package org.everytake.render;

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

    @Override
    public String toString() {
        return start + ".." + end;
    }
}
