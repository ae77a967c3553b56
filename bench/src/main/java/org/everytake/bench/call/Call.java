package org.everytake.bench.call;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench call}. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description =
                "What a call costs with up to 100 publishers of sound and picture, recorded, beside Janus's videoroom"
                        + " under the same load in the same run. Janus (Debian's package janus) is measured where a network"
                        + " namespace can be made, as root with iproute2; else what needs only Everytake is measured on loopback.")
public final class Call implements Callable<Integer> {
    @Option(names = "--quick", description = "short windows and one pair, under 6 minutes")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "only these parts of it: ${COMPLETION-CANDIDATES}")
    private Set<CallRun.Part> only = EnumSet.noneOf(CallRun.Part.class);

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "of the picture: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private LoadClip.Codec codec = LoadClip.Codec.VP8;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        List<Figure> figures;
        try {
            figures = new CallRun(quick ? Extent.QUICK : Extent.FULL, codec, only, System.out::println).run();
            if (json != null) {
                Figure.write(figures, json);
            }
        } catch (IOException | TimeoutException failed) {
            System.err.println("The benchmark failed: " + failed.getMessage());
            return 1;
        }
        figures.forEach(figure -> System.out.println(figure.line()));
        return figures.stream().anyMatch(Figure::fallsShort) ? 1 : 0;
    }
}
