package org.everytake.bench.first;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench first}. */
@Command(
        name = "first",
        mixinStandardHelpOptions = true,
        description = "From call to composite: synchronisation, loss, kill -9 and start, with Java participants.")
public final class First implements Callable<Integer> {

    @Option(names = "--quick", description = "short windows and few repetitions, under 3 minutes")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        List<Figure> figures;
        try {
            figures = new FirstRun(quick ? Extent.QUICK : Extent.FULL, System.out::println).run();
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

    /**
     * How much is measured.
     *
     * @param seconds of the recording that is judged
     * @param kills how often the server is killed
     * @param starts how often it is started again
     */
    record Extent(int seconds, int kills, int starts) {
        static final Extent QUICK = new Extent(15, 2, 1);
        static final Extent FULL = new Extent(60, 10, 5);
    }
}
