package org.everytake.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The unit of picture work: at most 32 s of one constant arrangement, encoded by one FFmpeg, closed at both ends.
 *
 * @param captions what is written above the panes
 */
public record Chunk(Ticks ticks, List<Pane> panes, List<Caption> captions) {
    public Chunk {
        panes = List.copyOf(panes);
        captions = List.copyOf(captions);
    }

    /** What of it lies within a stretch of ticks, if anything does. */
    public Optional<Chunk> within(Ticks window) {
        return ticks.within(window)
                .map(part -> new Chunk(
                        part,
                        panes.stream().map(pane -> pane.within(part)).toList(),
                        captions.stream()
                                .flatMap(caption -> caption.within(part).stream())
                                .toList()));
    }

    /** The same without any picture, where those of its own cannot be had. */
    public Chunk withoutPictures() {
        List<Pane> empty = new ArrayList<>();
        panes.forEach(pane -> empty.add(new Pane(
                pane.person(),
                pane.name(),
                pane.at(),
                pane.fills(),
                pane.screen(),
                Look.NONE,
                List.of(),
                List.of(),
                pane.muted())));
        return new Chunk(ticks, empty, captions);
    }
}
