package org.everytake.bench.day;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.everytake.bench.Figure;
import org.everytake.render.RenderFault;
import org.everytake.tape.TapeFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench day}. */
@Command(
        name = "day",
        mixinStandardHelpOptions = true,
        description = "A recording of 24 hours of two people in stepped time: memory, RAW archive and composite.")
public final class Day implements Callable<Integer> {
    private static final Duration QUICK = Duration.ofMinutes(20);
    private static final double LONGEST_HOURS = 24;
    private static final double SHORTEST_HOURS = 0.1;

    @Option(names = "--hours", paramLabel = "NUMBER", description = "how long it is (${DEFAULT-VALUE})")
    private double hours = LONGEST_HOURS;

    @Option(names = "--quick", description = "20 minutes of it, some 2 minutes")
    private boolean quick;

    @Option(names = "--keep", paramLabel = "FOLDER", description = "leave tape and composite there")
    private @Nullable Path keep;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        if (!(hours >= SHORTEST_HOURS && hours <= LONGEST_HOURS)) {
            // Beyond, the two clips together would not tell any more which hour it is.
            System.err.println("--hours must be between " + SHORTEST_HOURS + " and " + LONGEST_HOURS + ".");
            return 2;
        }
        List<Figure> figures;
        try {
            Duration length = quick ? QUICK : Duration.ofSeconds(Math.round(hours * 3600));
            figures = new DayRun(length, keep, System.out::println).run();
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
