package org.everytake.render.picture;

import java.util.ArrayList;
import java.util.List;
import org.everytake.render.Caption;
import org.everytake.render.Chunk;
import org.everytake.render.Pane;
import org.everytake.render.Rect;
import org.everytake.render.Ticks;
import org.jspecify.annotations.Nullable;

/**
 * A still that lies over everything for a part of a chunk.
 *
 * @param caption what is written; null for the mark of whoever is muted
 */
record Overlay(Rect at, List<Ticks> ticks, @Nullable Caption caption) {
    /** The marks of those who are muted, and the captions that change within the chunk; others are in its background. */
    static List<Overlay> of(Chunk chunk, boolean names) {
        List<Overlay> overlays = new ArrayList<>();
        for (Pane pane : chunk.panes()) {
            if (names && pane.hasRoom() && !pane.muted().isEmpty()) {
                overlays.add(new Overlay(Strips.mark(pane.at()), pane.muted(), null));
            }
        }
        for (Caption caption : chunk.captions()) {
            if (!caption.ticks().equals(chunk.ticks()) && caption.at().height() > 0) {
                overlays.add(new Overlay(caption.at(), List.of(caption.ticks()), caption));
            }
        }
        return overlays;
    }
}
