package org.everytake.bench.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench kill}. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description =
                "The server killed with -9 at random moments of a recording with four publishers, and what is lost.")
public final class Kill implements Callable<Integer> {

    private static final int QUICK_TIMES = 5;

    @Option(names = "--times", paramLabel = "NUMBER", description = "how often it is killed (${DEFAULT-VALUE})")
    private int times = 300;

    @Option(names = "--quick", description = "5 times, some 3 minutes")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        if (times < 1) {
            System.err.println("--times must be at least 1.");
            return 2;
        }
        List<Figure> figures;
        try {
            figures = new KillRun(quick ? QUICK_TIMES : times, System.out::println).run();
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
