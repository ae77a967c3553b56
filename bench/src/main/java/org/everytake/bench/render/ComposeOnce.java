package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/** A process that does nothing until it is told to, and then makes one composite: what its memory grows by is for that. */
final class ComposeOnce {
    static final String READY = "ready";

    private ComposeOnce() {}

    /**
     * Says that it is ready, and composes once something is said to it.
     *
     * @param args the folder of the tape's segments, and that of what is made
     */
    public static void main(String[] args) throws IOException, TapeFault, RenderFault, InterruptedException {
        Ours ours = new Ours(Path.of(args[1]));
        System.out.println(READY);
        int told = System.in.read();
        if (told >= 0) {
            List<SegmentSource> segments;
            try (Stream<Path> files = Files.list(Path.of(args[0]))) {
                segments = files.map(SegmentSource::of).toList();
            }
            ours.make("composite.mp4", segments, Preset.COMPOSITE);
        }
    }
}
