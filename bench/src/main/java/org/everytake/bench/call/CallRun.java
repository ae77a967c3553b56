package org.everytake.bench.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.everytake.bench.Figure;
import org.everytake.bench.room.CardClips;
import org.everytake.bench.server.ThrowAwayFolder;
import org.jspecify.annotations.Nullable;

/** One run, in an empty folder that is thrown away. Runs on the thread that calls it. */
final class CallRun {
    /** What can be measured by itself. */
    enum Part {
        PAIRS,
        FORWARDING,
        CEILING
    }

    private final Extent extent;
    private final LoadClip.Codec codec;
    private final Set<Part> parts;
    private final Consumer<String> progress;

    CallRun(Extent extent, LoadClip.Codec codec, Set<Part> parts, Consumer<String> progress) {
        this.extent = extent;
        this.codec = codec;
        this.parts = parts.isEmpty() ? EnumSet.allOf(Part.class) : EnumSet.copyOf(parts);
        this.progress = progress;
    }

    List<Figure> run() throws IOException, InterruptedException, TimeoutException {
        progress.accept("Machine: " + machine());
        progress.accept("Preparing the clip.");
        LoadClip.get(CardClips.cache(), codec);
        try (Place place = place();
                ThrowAwayFolder scratch = ThrowAwayFolder.create("everytake-bench")) {
            Path janus = place.isNamespace() ? Janus.installed() : null;
            String whyNot = place.isNamespace()
                    ? "Janus is not installed (Debian's package janus)"
                    : "Janus leaves out loopback, and a network namespace cannot be made here";
            Bed bed = new Bed(place, janus, whyNot, scratch.path(), codec, extent, progress);
            if (janus == null) {
                progress.accept(whyNot + ".");
            }
            return figures(bed);
        }
    }

    private List<Figure> figures(Bed bed) throws IOException, InterruptedException, TimeoutException {
        List<Figure> figures = new ArrayList<>();
        if (parts.contains(Part.PAIRS)) {
            figures.addAll(new Pairs(bed).run());
        }
        if (parts.contains(Part.FORWARDING)) {
            figures.addAll(new Forwarding(bed).run());
        }
        if (parts.contains(Part.CEILING)) {
            figures.add(
                    extent.ceiling()
                            ? new Ceiling(bed).run()
                            : Figure.notHere(Ceiling.NAME, "stated", "--quick does not look for it"));
        }
        return figures;
    }

    private Place place() throws InterruptedException {
        try {
            return Place.inNamespace();
        } catch (IOException reason) {
            progress.accept(
                    "No network namespace (" + reason.getMessage() + "): what needs only ours runs on loopback.");
            return Place.onLoopback();
        }
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors (" + processor() + "), Linux "
                + System.getProperty("os.version") + ", Java " + System.getProperty("java.version");
    }

    private static @Nullable String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 2))
                    .findFirst()
                    .orElse("unnamed");
        } catch (IOException unsaid) {
            return "unnamed";
        }
    }
}
