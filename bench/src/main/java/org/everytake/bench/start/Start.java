package org.everytake.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.everytake.bench.Figure;
import org.everytake.bench.server.Server;
import org.everytake.bench.server.ThrowAwayFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./everytake bench start}. The first start makes the data folder and is not counted. Processor seconds are those
 * of the server's own process until its first answer; unlike the time they say little of what else the machine does.
 */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "From starting the server to its first answer, second start, median of several.")
public final class Start implements Callable<Integer> {

    private static final double ARCHIVE_SECONDS = 2.5;
    private static final double SOURCE_SECONDS = 5;

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description =
                    "the archive that ./everytake package made, which is unpacked and started; else what is built")
    private @Nullable Path archive;

    @Option(names = "--runs", paramLabel = "NUMBER", description = "how many starts (${DEFAULT-VALUE})")
    private int runs = 7;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    /** One start. */
    private record Took(double seconds, double processorSeconds) {}

    @Override
    public Integer call() throws InterruptedException {
        if (runs < 1) {
            System.err.println("--runs must be at least 1.");
            return 2;
        }
        List<Figure> figures;
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-start")) {
            if (archive != null) {
                System.setProperty(
                        "everytake.script",
                        unpack(archive, folder.path().resolve("unpacked")).toString());
            }
            figures = figures(measure(Server.Place.in(folder.path().resolve("run"))));
            if (json != null) {
                Figure.write(figures, json);
            }
        } catch (IOException failed) {
            System.err.println("The benchmark failed: " + failed.getMessage());
            return 1;
        }
        figures.forEach(figure -> System.out.println(figure.line()));
        return figures.stream().anyMatch(Figure::fallsShort) ? 1 : 0;
    }

    private List<Took> measure(Server.Place place) throws IOException, InterruptedException {
        List<Took> all = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            try (Server server = Server.start(place)) {
                Took took = new Took(seconds(server.startTook()), seconds(server.processorTime()));
                System.out.printf(
                        Locale.ROOT,
                        "%s: %.2f s, %.2f processor seconds%n",
                        run == 0 ? "first start, not counted" : "start " + run,
                        took.seconds(),
                        took.processorSeconds());
                if (run > 0) {
                    all.add(took);
                }
            }
        }
        return all;
    }

    private List<Figure> figures(List<Took> all) {
        double limit = archive == null ? SOURCE_SECONDS : ARCHIVE_SECONDS;
        String what = archive == null ? "what is built" : "the archive";
        double seconds = median(all.stream().map(Took::seconds).toList());
        double processor = median(all.stream().map(Took::processorSeconds).toList());
        return List.of(
                Figure.of(
                        "serve from " + what + " to answering, second start, median, s",
                        seconds,
                        "at most " + limit,
                        seconds <= limit),
                Figure.of("processor seconds of the server until then, median", processor, "anything", true));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** Returns the script of the archive. */
    private static Path unpack(Path archive, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException(archive + " cannot be unpacked.");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(one -> one.resolve("everytake"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IOException(archive + " is no archive of Everytake."));
        }
    }
}
