package org.everytake.render;

import java.util.List;
import java.util.stream.Stream;

/** A rectangle in pixels; all four are even, so that it falls on whole chroma samples. */
public record Rect(int x, int y, int width, int height) {
    public Rect {
        if (((x | y | width | height) & 1) != 0) {
            throw new IllegalArgumentException(
                    "Not on whole chroma samples: " + x + "," + y + " " + width + "x" + height);
        }
    }

    /** What another leaves of this one: bands above and below it, and what lies beside it between them. */
    public List<Rect> without(Rect other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        int right = Math.min(x + width, other.x + other.width);
        int bottom = Math.min(y + height, other.y + other.height);
        if (left >= right || top >= bottom) {
            return List.of(this);
        }
        return Stream.of(
                        new Rect(x, y, width, top - y),
                        new Rect(x, bottom, width, y + height - bottom),
                        new Rect(x, top, left - x, bottom - top),
                        new Rect(right, top, x + width - right, bottom - top))
                .filter(rest -> rest.width > 0 && rest.height > 0)
                .toList();
    }

    @Override
    public String toString() {
        return width + "x" + height + "+" + x + "+" + y;
    }
}
