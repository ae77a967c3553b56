package org.everytake.render.layout;

import java.util.List;

/**
 * A part of the canvas that is shared among those who are shown in it. Areas are filled in their order, and nobody is
 * shown twice: {@link Shown#PEOPLE} after an area with the speaker is everybody else.
 *
 * @param shows in which order it is filled
 * @param box where it is
 * @param most how many panes it has at most
 * @param shape of its panes
 * @param fills whether cameras fill their panes, and lose what does not fit; else they are seen whole. Screens always are
 */
public record Area(List<Shown> shows, Box box, int most, Shape shape, boolean fills) {
    /** More panes than this are no use to anybody, and each costs a decoder. */
    public static final int MOST_PANES = 49;

    public Area {
        shows = List.copyOf(shows);
    }

    /** A rectangle in percent of the canvas, from its upper left corner. */
    public record Box(double left, double top, double width, double height) {
        /** Whether they have more than an edge in common. */
        boolean overlaps(Box other) {
            return left < other.left + other.width
                    && other.left < left + width
                    && top < other.top + other.height
                    && other.top < top + height;
        }
    }

    /** Width and height of a pane to each other; both 0: whatever its share of the box has. */
    public record Shape(int width, int height) {
        /** Panes share out all of the box. */
        public static final Shape BOX = new Shape(0, 0);

        public static final Shape WIDE = new Shape(16, 9);

        boolean isBox() {
            return width == 0;
        }
    }
}
