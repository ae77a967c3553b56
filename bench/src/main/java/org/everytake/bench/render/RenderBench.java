package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.everytake.bench.Figure;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench render}. */
@Command(
        name = "render",
        mixinStandardHelpOptions = true,
        description =
                "What files of recordings cost, beside one FFmpeg that makes them of the same clips; what loss leaves"
                        + " of a picture, beside janus-pp-rec; how soon after Stop a film is whole; memory.")
public final class RenderBench implements Callable<Integer> {
    @Option(names = "--quick", description = "short clips, one pair of each, a session of a minute")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "only these parts of it: ${COMPLETION-CANDIDATES}")
    private Set<RenderRun.Part> only = EnumSet.noneOf(RenderRun.Part.class);

    @Override
    public Integer call() throws InterruptedException {
        List<Figure> figures;
        try {
            Workshop.Extent extent = quick ? Workshop.Extent.QUICK : Workshop.Extent.FULL;
            figures = new RenderRun(extent, only, System.out::println).run();
            if (json != null) {
                Figure.write(figures, json);
            }
        } catch (IOException | TapeFault | RenderFault failed) {
            System.err.println("The benchmark failed: " + failed.getMessage());
            return 1;
        }
        figures.forEach(figure -> System.out.println(figure.line()));
        return figures.stream().anyMatch(Figure::fallsShort) ? 1 : 0;
    }
}
