package org.everytake.render.picture;

import org.everytake.render.Rect;

/** How high the strips are that lie over a pane's picture; both are even. */
public final class Strips {
    /** Room for a round corner. */
    public static final int UPPER_HEIGHT = 12;

    private Strips() {}

    /** Room for a name tag and the round corners. */
    public static int lowerHeight(Rect pane) {
        return Math.min(pane.height() - UPPER_HEIGHT, pane.height() >= 300 ? 48 : 36) & ~1;
    }
}
