package org.everytake.bench.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.everytake.bench.Figure;
import org.everytake.bench.server.ThrowAwayFolder;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.RecoveredRecording;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.SpoolListener;
import org.everytake.tape.spool.SpoolOptions;
import org.jspecify.annotations.Nullable;

/** One run, on the disk of the system's folder for what is thrown away. Runs on the thread that calls it. */
final class TapeRun {
    private static final double PROCESSOR_MILLIS = 20;
    private static final double RECOVERY_SECONDS = 10;
    private static final double RANGE_MILLIS = 10;
    private static final int RECORDINGS = 100;
    private static final int OPEN = 20;
    private static final int READS = 300;
    private static final int FIRST_TICKS = 4;
    private static final int PAIRS = 3;
    /** More, because compilers are busy with the first ones. */
    private static final int ARCHIVES = 7;

    private static final double TIMES_TAR = 3;
    private static final double TIMES_PLAIN = 1.15;
    private static final double FIRST_BYTE_SECONDS = 1;
    private static final long GIGABYTE = 1L << 30;

    /**
     * How much is measured.
     *
     * @param seconds of taping, twice
     * @param warmUpSeconds before the processor is looked at
     * @param spoolBytes of the spool that is recovered
     * @param objectBytes of the object of which ranges are read
     * @param archiveSeconds of the recording of which an archive is made
     */
    record Extent(int seconds, int warmUpSeconds, long spoolBytes, long objectBytes, int archiveSeconds) {
        static final Extent QUICK = new Extent(10, 5, GIGABYTE, GIGABYTE / 4, 600);
        static final Extent FULL = new Extent(60, 30, 10 * GIGABYTE, GIGABYTE, 3600);
    }

    private final Extent extent;
    private final Set<Part> parts;
    private final Shipping.@Nullable Target store;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    /** What can be measured by itself. */
    enum Part {
        TAPING,
        TICKS,
        RECOVERY,
        RANGES,
        ARCHIVE,
        SHIPPING
    }

    /**
     * @param parts of it; none means all
     * @param store to ship to; null for none
     */
    TapeRun(Extent extent, Set<Part> parts, Shipping.@Nullable Target store, Consumer<String> progress) {
        this.extent = extent;
        this.parts = parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts);
        this.store = store;
        this.progress = progress;
    }

    List<Figure> run() throws IOException, TapeFault, InterruptedException {
        for (Part part : parts) {
            switch (part) {
                case TAPING -> taping();
                case TICKS -> ticks();
                case RECOVERY -> recovery();
                case RANGES -> ranges();
                case ARCHIVE -> archive();
                case SHIPPING -> shipping();
            }
        }
        return figures;
    }

    private void taping() throws IOException, TapeFault {
        progress.accept("Taping " + TapingLoad.TAKES + " takes for " + extent.seconds() + " s.");
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-tape");
                TapingLoad load = TapingLoad.open(folder.path(), SpoolListener.NONE)) {
            load.run(extent.warmUpSeconds());
            long before = load.processorNanos();
            load.run(extent.seconds());
            double ours = perStreamMinute(load.processorNanos() - before);
            progress.accept("Writing and forcing the same bytes.");
            double plain = perStreamMinute(PlainWriting.processorNanos(folder.path(), extent.seconds()));
            figures.add(Figure.beside(
                    "processor per stream-minute of taping, 100 takes of 450 kbit/s, tape thread and appender, ms,"
                            + " beside only writing and forcing their bytes",
                    ours,
                    plain,
                    "at most 20",
                    ours <= PROCESSOR_MILLIS));
        }
    }

    /** In milliseconds. */
    private double perStreamMinute(long nanos) {
        return nanos / 1e6 / (TapingLoad.TAKES * extent.seconds() / 60.0);
    }

    private void ticks() throws IOException, TapeFault {
        progress.accept("Looking at ticks for " + extent.seconds() + " s.");
        long millisecond = TimeUnit.MILLISECONDS.toNanos(1);
        int records = extent.seconds() * 1000;
        TickMeter meter = new TickMeter();
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-tape");
                TapingLoad load = TapingLoad.open(folder.path(), meter)) {
            meter.watch(load.tapes(), records);
            long from = System.nanoTime();
            for (int i = 0; i < records; i++) {
                meter.append();
                if (i % 20 == 0) {
                    load.append();
                }
                TapingLoad.await(from + (i + 1) * millisecond);
            }
        }
        double[] ticks = meter.tickMillis(FIRST_TICKS);
        Arrays.sort(ticks);
        double p95 = ticks.length == 0 ? Double.NaN : ticks[(int) (ticks.length * 0.95)];
        long limit = SpoolOptions.standard().tick().toMillis();
        progress.accept(String.format(Locale.ROOT, "%d ticks of %d recordings.", ticks.length, TapingLoad.ROOMS));
        figures.add(Figure.of(
                "commit of a tick, 100 takes in 10 recordings, p95, ms", p95, "at most " + limit, p95 <= limit));
    }

    private void recovery() throws IOException, TapeFault, InterruptedException {
        String what = "recovery of a spool of " + extent.spoolBytes() / GIGABYTE + " GB of which " + OPEN
                + " recordings are open, s";
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-tape")) {
            if (Files.getFileStore(folder.path()).getUsableSpace() < extent.spoolBytes() + 2 * GIGABYTE) {
                figures.add(Figure.notHere(what, "at most 10", "there is too little room in " + folder.path()));
                return;
            }
            progress.accept("Filling a spool.");
            Path path = folder.path().resolve("spool");
            FilledSpool filled = new FilledSpool(path);
            long each = extent.spoolBytes() / RECORDINGS;
            filled.addEnded(RECORDINGS - OPEN, each);
            filled.addOpen(OPEN, each, folder.path().resolve("elsewhere"));
            progress.accept(String.format(Locale.ROOT, "Recovering %.1f GB.", filled.bytes() / (double) GIGABYTE));
            try (Spool spool = Spool.open(path, SpoolOptions.standard(), SpoolListener.NONE)) {
                long readBefore = bytesRead();
                long from = System.nanoTime();
                List<RecoveredRecording> recovered = spool.recover(recording -> Subjects.KEY);
                double seconds = (System.nanoTime() - from) / 1e9;
                double read = (bytesRead() - readBefore) / (double) (1 << 20);
                if (recovered.size() != RECORDINGS) {
                    throw new IOException(recovered.size() + " recordings were found, not " + RECORDINGS);
                }
                figures.add(Figure.of(what, seconds, "at most 10", seconds <= RECOVERY_SECONDS));
                figures.add(Figure.of("what that read, MB", read, "anything", true));
            }
        }
    }

    /** By this process so far, from the kernel's memory as well as from the disk. */
    private static long bytesRead() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/io")).stream()
                .filter(line -> line.startsWith("rchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel does not say what was read"));
    }

    private void ranges() throws IOException {
        progress.accept("Reading ranges of a sealed object.");
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-tape")) {
            double median = RangeReads.medianMillis(folder.path(), extent.objectBytes(), READS);
            figures.add(Figure.of(
                    "1 MB in the middle of a sealed object of " + extent.objectBytes() / (1 << 20)
                            + " MB in a folder, median, ms",
                    median,
                    "at most 10",
                    median <= RANGE_MILLIS));
        }
    }

    private void archive() throws IOException, TapeFault, InterruptedException {
        int minutes = extent.archiveSeconds() / 60;
        progress.accept("Making the RAW archive of " + minutes + " minutes of four people, in turn with tar.");
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-tape")) {
            var segments = Hour.write(folder.path().resolve("spool"), extent.archiveSeconds());
            Archives.Took took = new Archives(folder.path(), segments, progress).measure(ARCHIVES);
            figures.add(Figure.beside(
                    "processor s of the RAW archive of " + minutes + " minutes, " + took.bytes() / (1 << 20)
                            + " MB, beside tar of the same files",
                    took.ours(),
                    took.tar(),
                    "at most 3 times tar's",
                    took.ours() <= TIMES_TAR * took.tar()));
            figures.add(Figure.of(
                    "until its first byte, s", took.firstByte(), "at most 1", took.firstByte() <= FIRST_BYTE_SECONDS));
        }
    }

    private void shipping() throws IOException {
        String what = "shipping " + extent.objectBytes() / (1 << 20)
                + " MB to an S3 server, s, beside AWS's client that puts the same";
        if (store == null) {
            figures.add(Figure.notHere(what, "at most 1.15 times", "no S3 server was named by --s3"));
            return;
        }
        progress.accept("Shipping to " + store.endpoint() + ".");
        try (ThrowAwayFolder folder = ThrowAwayFolder.create("everytake-bench-tape")) {
            Shipping.Took took = new Shipping(store, folder.path(), extent.objectBytes()).measure(PAIRS);
            figures.add(Figure.beside(
                    what, took.ours(), took.plain(), "at most 1.15 times", took.ours() <= TIMES_PLAIN * took.plain()));
        }
    }
}
