package org.everytake.render.picture;

import org.everytake.render.Rect;

/** How high the strips are that lie over a pane's picture; both are even. */
public final class Strips {
    /** Room for a round corner. */
    public static final int UPPER_HEIGHT = 12;

    /** Between a pane's edge and what is written on it. */
    public static final int MARGIN = 8;

    private Strips() {}

    /** Room for a name tag and the round corners. */
    public static int lowerHeight(Rect pane) {
        return Math.min(pane.height() - UPPER_HEIGHT, isTall(pane) ? 48 : 36) & ~1;
    }

    /** Where the mark of whoever is muted lies: in the lower right corner, as high as the name tag. */
    public static Rect mark(Rect pane) {
        int side = tagHeight(pane);
        return new Rect(pane.x() + pane.width() - MARGIN - side, pane.y() + pane.height() - MARGIN - side, side, side);
    }

    /** How high a name tag is; even. */
    public static int tagHeight(Rect pane) {
        return isTall(pane) ? 28 : 22;
    }

    private static boolean isTall(Rect pane) {
        return pane.height() >= 300;
    }
}
