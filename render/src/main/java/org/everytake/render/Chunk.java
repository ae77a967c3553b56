package org.everytake.render;

import java.util.List;

/** The unit of picture work: at most 32 s of one constant layout, encoded by one FFmpeg, closed at both ends. */
public record Chunk(Ticks ticks, List<Pane> panes) {
    public Chunk {
        panes = List.copyOf(panes);
    }
}
