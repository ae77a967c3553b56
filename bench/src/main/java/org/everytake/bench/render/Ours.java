package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Rendered;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.remux.Remux;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;
import org.jspecify.annotations.Nullable;

/** Files as the product makes them: from the segments of a tape to the end. */
final class Ours {
    private final Renderer renderer;
    private final Path folder;
    private final Path pieces;

    /** @param folder of what is made, and of what is needed for it */
    Ours(Path folder) throws IOException, RenderFault {
        this.folder = folder;
        this.pieces = Files.createDirectories(folder.resolve("pieces"));
        this.renderer = new Renderer(Ffmpeg.find(setting()), Files.createDirectories(folder.resolve("scratch")));
    }

    /** The same FFmpeg as the peer's. */
    private static @Nullable Path setting() {
        String configured = System.getenv("EVERYTAKE_FFMPEG");
        return configured == null || configured.isBlank() ? null : Path.of(configured);
    }

    Renderer renderer() {
        return renderer;
    }

    /**
     * A file of everybody.
     *
     * @throws IOException also if something is lacking in it: then it is not what is to be measured
     */
    Path make(String name, List<SegmentSource> segments, Preset preset)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        return make(name, segments, preset, tape -> Timeline.of(tape, preset));
    }

    /** As {@link #make(String, List, Preset)}, of one person. */
    Path make(String name, List<SegmentSource> segments, Preset preset, String person)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        return make(name, segments, preset, tape -> Timeline.of(tape, person));
    }

    /** Reads of a tape what is to be seen and heard. */
    @FunctionalInterface
    private interface Reading {
        Timeline of(RecordedTape tape) throws RenderFault;
    }

    private Path make(String name, List<SegmentSource> segments, Preset preset, Reading reading)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        Path file = folder.resolve(name);
        try (RecordedTape tape = RecordedTape.read(segments, Filming.KEY)) {
            RenderPlan plan = RenderPlan.of(reading.of(tape), preset);
            Rendered rendered = renderer.render(plan, tape, new FolderOutput(pieces, file), Progress.SILENT);
            if (!rendered.remarks().isEmpty()) {
                throw new IOException(name + " lacks something: " + String.join(" ", rendered.remarks()));
            }
        }
        return file;
    }

    /** A file of one person as it was sent, in the format that their camera's codec decides. */
    Path move(String name, List<SegmentSource> segments, String person) throws IOException, TapeFault, RenderFault {
        try (RecordedTape tape = RecordedTape.read(segments, Filming.KEY)) {
            Remux remux = Remux.of(tape, person);
            Path file = folder.resolve(name + "." + remux.container().extension());
            Rendered moved = remux.write(new FolderOutput(pieces, file), Progress.SILENT);
            if (!moved.remarks().isEmpty()) {
                throw new IOException(name + " lacks something: " + String.join(" ", moved.remarks()));
            }
            return file;
        }
    }
}
