package org.everytake.render;

/** A rectangle in pixels; all four are even, so that it falls on whole chroma samples. */
public record Rect(int x, int y, int width, int height) {
    public Rect {
        if (((x | y | width | height) & 1) != 0) {
            throw new IllegalArgumentException(
                    "Not on whole chroma samples: " + x + "," + y + " " + width + "x" + height);
        }
    }

    @Override
    public String toString() {
        return width + "x" + height + "+" + x + "+" + y;
    }
}
