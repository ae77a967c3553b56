package org.everytake.bench.library;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.everytake.bench.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench library}. */
@Command(
        name = "library",
        mixinStandardHelpOptions = true,
        description = "Lists and search among 100,000 recordings, for whoever sees all and for whoever sees ten.")
public final class Library implements Callable<Integer> {

    @Option(names = "--recordings", paramLabel = "NUMBER", description = "how many; 100,000 if not said")
    private int recordings = 100_000;

    @Option(names = "--times", paramLabel = "NUMBER", description = "how often each is asked; 100 if not said")
    private int times = 100;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        List<Figure> figures;
        try {
            figures = new LibraryRun(recordings, times, System.out::println).run();
            if (json != null) {
                Figure.write(figures, json);
            }
        } catch (IOException | SQLException | TimeoutException failed) {
            System.err.println("The benchmark failed: " + failed.getMessage());
            return 1;
        }
        figures.forEach(figure -> System.out.println(figure.line()));
        return figures.stream().anyMatch(Figure::fallsShort) ? 1 : 0;
    }
}
