package org.everytake.render;

import java.util.List;

/**
 * A place on the canvas that belongs to one person, or to what they show.
 *
 * @param name what is written on it
 * @param look of its pictures
 * @param clips what may be seen in it, by session time
 * @param fills whether its picture fills it and loses what does not fit, rather than is seen whole
 * @param screen whether it is of what somebody shows, which mostly stands still
 * @param visible when the picture is seen, in ticks of the whole plan, within its chunk; else the placeholder is
 * @param muted when its person was muted, in the same ticks
 */
public record Pane(
        String person,
        String name,
        Rect at,
        boolean fills,
        boolean screen,
        Look look,
        List<Clip> clips,
        List<Ticks> visible,
        List<Ticks> muted) {
    private static final int LEAST_WIDTH = 72;
    private static final int LEAST_HEIGHT = 48;

    public Pane {
        clips = List.copyOf(clips);
        visible = List.copyOf(visible);
        muted = List.copyOf(muted);
    }

    /** Whether there is room for a name in it, and a mark. */
    public boolean hasRoom() {
        return at.width() >= LEAST_WIDTH && at.height() >= LEAST_HEIGHT;
    }

    /** The same with what of it is seen within a stretch of ticks. */
    Pane within(Ticks window) {
        return new Pane(person, name, at, fills, screen, look, clips, within(visible, window), within(muted, window));
    }

    private static List<Ticks> within(List<Ticks> all, Ticks window) {
        return all.stream().flatMap(ticks -> ticks.within(window).stream()).toList();
    }
}
