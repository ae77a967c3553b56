package org.everytake.render;

import java.util.List;

/**
 * A place on the canvas that belongs to one person, or to what they show.
 *
 * @param name what is written on it
 * @param look of its pictures
 * @param clips what may be seen in it, by session time
 * @param visible when the picture is seen, in ticks of the whole plan, within its chunk; else the placeholder is
 */
public record Pane(String person, String name, Rect at, Look look, List<Clip> clips, List<Ticks> visible) {
    public Pane {
        clips = List.copyOf(clips);
        visible = List.copyOf(visible);
    }
}
