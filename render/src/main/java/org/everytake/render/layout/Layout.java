package org.everytake.render.layout;

import java.util.List;
import java.util.Set;

/**
 * Where on a canvas people and what they show are put, as data: {@code docs/formats.md} has the JSON form.
 *
 * @param names whether each pane carries its person's name and a mark while they are muted, has round corners and stands
 *     on a darker ground
 * @param gap between panes, and between them and the edge of their area, in percent of the canvas's height
 * @param absent whether people keep their panes while they are away
 * @param heading what stands in a line above the areas, which then share what is beneath it
 * @param arrangements the first of which every area has something to show is the one that is used, else the last
 */
public record Layout(boolean names, double gap, boolean absent, Set<Heading> heading, List<List<Area>> arrangements) {
    /** A person alone on all of the canvas, there or not: for editors. */
    public static final Layout SOLO = Shipped.layout("solo");

    /** Everybody and everything in panes of equal size. */
    public static final Layout GRID = Shipped.layout("grid");

    /** Whoever speaks is large, the others are in a strip below. */
    public static final Layout FILMSTRIP = Shipped.layout("filmstrip");

    /** Whoever speaks, alone. */
    public static final Layout SPEAKER = Shipped.layout("speaker");

    /** What is shown is large, people are beside it; a grid of people while nothing is shown. */
    public static final Layout SCREEN = Shipped.layout("screen");

    /** Two people, each on a half of the canvas. */
    public static final Layout TWO_SIDED = Shipped.layout("two-sided");

    /** The percentage of the canvas's height that the heading takes. */
    static final double HEADING_HEIGHT = 6;

    public Layout {
        heading = Set.copyOf(heading);
        arrangements = arrangements.stream().map(List::copyOf).toList();
    }

    /** What can stand above the panes. */
    public enum Heading {
        /** The recording's title. */
        TITLE,
        /** The time of day, hours and minutes, where the session is at home. */
        TIME
    }

    /** Whether there is anything of this kind in it. */
    public boolean shows(Shown what) {
        return arrangements.stream()
                .flatMap(List::stream)
                .anyMatch(area -> area.shows().contains(what));
    }
}
