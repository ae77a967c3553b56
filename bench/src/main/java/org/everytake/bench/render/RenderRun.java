package org.everytake.bench.render;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.everytake.bench.Figure;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;

/** One run, in a folder that is thrown away. Runs on the thread that calls it. */
final class RenderRun {
    private final Workshop.Extent extent;
    private final Set<Part> parts;
    private final Consumer<String> progress;

    /** What can be measured by itself. */
    enum Part {
        COMPOSITE,
        PARTICIPANT,
        SCREEN,
        REMUX,
        LOSS,
        STOP,
        MEMORY
    }

    /** @param parts of it; none means all */
    RenderRun(Workshop.Extent extent, Set<Part> parts, Consumer<String> progress) {
        this.extent = extent;
        this.parts = parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts);
        this.progress = progress;
    }

    List<Figure> run() throws IOException, TapeFault, RenderFault, InterruptedException {
        Footage footage = new Footage(CardClips.cache());
        progress.accept("Preparing clips, which takes minutes the first time.");
        footage.people(Footage.MOST_PEOPLE);
        List<Figure> figures = new ArrayList<>();
        for (Part part : parts) {
            try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-render")) {
                Workshop shop = Workshop.in(folder.path(), footage, extent, progress);
                figures.addAll(
                        switch (part) {
                            case COMPOSITE -> new Composites(shop).measure();
                            case PARTICIPANT -> new Participants(shop).measure();
                            case SCREEN -> new Screens(shop).measure();
                            case REMUX -> new Moves(shop).measure();
                            case LOSS -> new Losses(shop).measure();
                            case STOP -> new Stops(shop).measure();
                            case MEMORY -> new Residence(shop).measure();
                        });
            }
        }
        return figures;
    }
}
