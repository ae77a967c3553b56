package org.everytake.bench.render;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Memory;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.SegmentSource;

/** The memory that a composite of nine people needs, in a Java of its own with this one's options. */
final class Residence {
    private static final int PEOPLE = 9;
    private static final double MOST_MEGABYTES = 500;
    private static final long LOOK_MILLIS = 100;

    private final Workshop shop;

    Residence(Workshop shop) {
        this.shop = shop;
    }

    List<Figure> measure() throws IOException, TapeFault, InterruptedException {
        int seconds = shop.extent().memorySeconds();
        shop.progress().accept("Memory of a composite of " + PEOPLE + ".");
        List<SegmentSource> tape = shop.taped("residence", PEOPLE, seconds, Workshop.NOTHING_LOST);
        Path segments = Path.of(tape.getFirst().toString()).getParent();
        Path made = Files.createDirectories(shop.file("residence-made"));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ComposeOnce.class.getName()));
        command.addAll(List.of(String.valueOf(segments), made.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader()) {
            for (String line = said.readLine(); !ComposeOnce.READY.equals(line); line = said.readLine()) {
                if (line == null) {
                    throw new IOException("The process that was to compose has ended");
                }
            }
            double before = Memory.residentMegabytes(process.toHandle());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            double most = most(process, before);
            if (process.exitValue() != 0) {
                throw new IOException("The composite could not be made");
            }
            return List.of(Figure.of(
                    "resident memory for a composite of 9, " + seconds
                            + " s: FFmpeg and helpers, and the growth of Java, MB",
                    most,
                    "at most 500",
                    most <= MOST_MEGABYTES));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Looks until it has ended. */
    private double most(Process process, double before) throws InterruptedException {
        double most = 0;
        double children = 0;
        double grown = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            double own = Memory.residentMegabytes(process.toHandle()) - before;
            double others = Memory.megabytesOfChildren(process.toHandle());
            if (own + others > most) {
                most = own + others;
                children = others;
                grown = own;
            }
        }
        shop.progress()
                .accept(String.format(
                        Locale.ROOT,
                        "Java was at %.0f MB and grew by %.0f MB, FFmpeg had %.0f MB.",
                        before,
                        grown,
                        children));
        return most;
    }
}
