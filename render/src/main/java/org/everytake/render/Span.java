package org.everytake.render;

import java.util.ArrayList;
import java.util.List;

/** A stretch of session time, from {@code startNanos} up to but not including {@code endNanos}. */
public record Span(long startNanos, long endNanos) {
    public Span {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException("A span ends before it starts: " + startNanos + " to " + endNanos);
        }
    }

    public boolean isEmpty() {
        return startNanos == endNanos;
    }

    public boolean contains(long nanos) {
        return startNanos <= nanos && nanos < endNanos;
    }

    /** {@code from} to {@code to} in order without what overlaps or touches: the least list of spans that covers the same. */
    public static List<Span> union(List<Span> spans) {
        List<Span> result = new ArrayList<>();
        for (Span next : spans.stream()
                .filter(span -> !span.isEmpty())
                .sorted((a, b) -> Long.compare(a.startNanos, b.startNanos))
                .toList()) {
            Span last = result.isEmpty() ? null : result.getLast();
            if (last != null && next.startNanos <= last.endNanos) {
                result.set(result.size() - 1, new Span(last.startNanos, Math.max(last.endNanos, next.endNanos)));
            } else {
                result.add(next);
            }
        }
        return List.copyOf(result);
    }

    /** What is in both lists; each must be in order and free of overlaps, as {@link #union} makes them. */
    public static List<Span> intersect(List<Span> left, List<Span> right) {
        List<Span> result = new ArrayList<>();
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            long start = Math.max(left.get(l).startNanos, right.get(r).startNanos);
            long end = Math.min(left.get(l).endNanos, right.get(r).endNanos);
            if (start < end) {
                result.add(new Span(start, end));
            }
            if (left.get(l).endNanos < right.get(r).endNanos) {
                l++;
            } else {
                r++;
            }
        }
        return List.copyOf(result);
    }

    /** What is in {@code from} and not in {@code without}. */
    public static List<Span> subtract(List<Span> from, List<Span> without) {
        List<Span> inverse = new ArrayList<>();
        long start = Long.MIN_VALUE;
        for (Span span : union(without)) {
            inverse.add(new Span(start, span.startNanos));
            start = span.endNanos;
        }
        inverse.add(new Span(start, Long.MAX_VALUE));
        return intersect(union(from), inverse);
    }
}
