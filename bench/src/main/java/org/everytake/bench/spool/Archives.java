package org.everytake.bench.spool;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.everytake.bench.measure.ProcessorTime;
import org.everytake.render.Progress;
import org.everytake.render.raw.RawArchive;
import org.everytake.render.raw.RawFormat;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.SegmentSource;

/** Makes the RAW archive of a recording from its tape, in turn with tar, which packs the files that are in it. */
final class Archives {
    /**
     * Medians.
     *
     * @param ours processor seconds of this process, its compilers and collector included
     * @param tar processor seconds of tar
     * @param firstByte seconds until it is there
     */
    record Took(double ours, double tar, double firstByte, long bytes) {}

    private final Path folder;
    private final List<SegmentSource> segments;
    private final Consumer<String> progress;

    Archives(Path folder, List<SegmentSource> segments, Consumer<String> progress) {
        this.folder = folder;
        this.segments = segments;
        this.progress = progress;
    }

    /** @param pairs how many are measured, after one that is not */
    Took measure(int pairs) throws IOException, TapeFault, InterruptedException {
        Path archive = folder.resolve("archive.tar.gz");
        Path files = Files.createDirectories(folder.resolve("files"));
        double atFirst = ProcessorTime.ofThisProcess();
        double unused = make(archive);
        progress.accept(
                String.format(Locale.ROOT, "The first one took %.2f s.", ProcessorTime.ofThisProcess() - atFirst));
        run("tar", "-xzf", archive.toString(), "-C", files.toString());
        List<double[]> all = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            double before = ProcessorTime.ofThisProcess();
            double firstByte = make(archive);
            double ours = ProcessorTime.ofThisProcess() - before;
            double tarBefore = ProcessorTime.ofEndedChildren();
            run("tar", "-cf", folder.resolve("tar.tar").toString(), "-C", files.toString(), ".");
            double tar = ProcessorTime.ofEndedChildren() - tarBefore;
            progress.accept(String.format(
                    Locale.ROOT, "%.2f s, the first byte after %.2f s; tar %.2f s.", ours, firstByte, tar));
            all.add(new double[] {ours, tar, firstByte});
        }
        return new Took(median(all, 0), median(all, 1), median(all, 2), Files.size(archive));
    }

    private static double median(List<double[]> all, int which) {
        double[] sorted = all.stream().mapToDouble(one -> one[which]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Returns after how many seconds the first byte was there. */
    private double make(Path file) throws IOException, TapeFault {
        long from = System.nanoTime();
        try (FirstByte out = new FirstByte(Files.newOutputStream(file));
                RecordedTape tape = RecordedTape.read(segments, Subjects.KEY)) {
            RawArchive.of(tape, Progress.SILENT).write(RawFormat.TAR_GZ, out);
            return (out.at - from) / 1e9;
        }
    }

    /** Notes when something is written first. */
    private static final class FirstByte extends FilterOutputStream {
        private long at;

        FirstByte(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (at == 0) {
                at = System.nanoTime();
            }
            out.write(bytes, offset, length);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        if (!child.waitFor(10, TimeUnit.MINUTES) || child.exitValue() != 0) {
            child.destroyForcibly();
            throw new IOException(Arrays.toString(command) + " failed");
        }
    }
}
