package org.everytake.bench.spool;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.everytake.bench.Figure;
import org.everytake.tape.TapeFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./everytake bench tape}. */
@Command(
        name = "tape",
        mixinStandardHelpOptions = true,
        description =
                "What taping a hundred takes costs, how long commits and recovery take, reads of sealed ranges, archives, shipping.")
public final class TapeBench implements Callable<Integer> {
    private static final String BUCKET = "everytake-bench";

    @Option(names = "--quick", description = "short windows, a small spool and a short recording; else 12 GB")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures there as one array")
    private @Nullable Path json;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            description = "only these parts of it: ${COMPLETION-CANDIDATES}")
    private Set<TapeRun.Part> only = EnumSet.noneOf(TapeRun.Part.class);

    @Option(
            names = "--s3",
            paramLabel = "URL",
            description = "an S3 server of your own to ship to, with a bucket everytake-bench; its keys are in"
                    + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
    private @Nullable URI s3;

    @Override
    public Integer call() throws InterruptedException {
        List<Figure> figures;
        try {
            figures = new TapeRun(
                            quick ? TapeRun.Extent.QUICK : TapeRun.Extent.FULL, only, store(), System.out::println)
                    .run();
            if (json != null) {
                Figure.write(figures, json);
            }
        } catch (IOException | TapeFault failed) {
            System.err.println("The benchmark failed: " + failed.getMessage());
            return 1;
        }
        figures.forEach(figure -> System.out.println(figure.line()));
        return figures.stream().anyMatch(Figure::fallsShort) ? 1 : 0;
    }

    private Shipping.@Nullable Target store() throws IOException {
        if (s3 == null) {
            return null;
        }
        String access = System.getenv("AWS_ACCESS_KEY_ID");
        String secret = System.getenv("AWS_SECRET_ACCESS_KEY");
        if (access == null || secret == null) {
            throw new IOException("--s3 needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment");
        }
        return new Shipping.Target(s3, BUCKET, access, secret);
    }
}
