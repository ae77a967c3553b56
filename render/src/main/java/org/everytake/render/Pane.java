package org.everytake.render;

import java.util.List;

/**
 * A place on the canvas that belongs to one person.
 *
 * @param clips what may be seen in it, by session time
 * @param visible when the picture is seen, in ticks of the whole plan, within its chunk; else the placeholder is
 */
public record Pane(String person, String name, Rect at, List<Clip> clips, List<Ticks> visible) {
    public Pane {
        clips = List.copyOf(clips);
        visible = List.copyOf(visible);
    }
}
