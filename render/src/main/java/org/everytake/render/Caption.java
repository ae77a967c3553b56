package org.everytake.render;

import java.util.Optional;

/**
 * A line of text on the canvas.
 *
 * @param right whether it ends at the right edge of its place, rather than begins at the left
 * @param ticks when it is seen, in ticks of the whole plan, within its chunk
 */
public record Caption(String text, Rect at, boolean right, Ticks ticks) {
    /** The same at another time. */
    public Caption during(Ticks other) {
        return new Caption(text, at, right, other);
    }

    /** What of it is seen within a stretch of ticks, if anything is. */
    Optional<Caption> within(Ticks window) {
        return ticks.within(window).map(this::during);
    }
}
