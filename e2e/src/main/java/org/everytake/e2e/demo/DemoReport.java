package org.everytake.e2e.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.Synchrony;

/**
 * What was measured, as it goes into {@code report.json}.
 *
 * @param stopToReadySeconds from pressing Stop to the composite being ready
 * @param lastSoundBeforeStopSeconds from the last sound in the composite to pressing Stop, by the participant's clock
 * @param participants sound against picture of each participant in the composite; positive is late sound
 */
record DemoReport(
        int seconds,
        Machine machine,
        String recording,
        double durationSeconds,
        double stopToReadySeconds,
        double lastSoundBeforeStopSeconds,
        List<Synchrony> participants,
        List<FileReport> files,
        List<Check> checks) {

    /** Where it ran. */
    record Machine(int processors, String system, String java, String browser) {}

    /**
     * One file.
     *
     * @param complaint what a decoder said against it; empty if it plays from end to end
     */
    record FileReport(String name, long sizeBytes, boolean fastStart, String complaint, Probe probe) {

        boolean plays() {
            return complaint.isEmpty();
        }
    }

    /** One figure beside what it must be. */
    record Check(String name, double ours, String limit, boolean ok) {}

    boolean everyFilePlays() {
        return files.stream().allMatch(FileReport::plays);
    }

    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (FileReport file : files) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s  %.1f s, %.1f MB, %s",
                    file.name(),
                    file.probe().durationSeconds(),
                    file.sizeBytes() / 1e6,
                    file.plays() ? "plays from end to end" : "does not play: " + file.complaint()));
        }
        for (Check check : checks) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s  %s: %.1f (must be %s)",
                    check.ok() ? "ok" : "SHORT",
                    check.name(),
                    check.ours(),
                    check.limit()));
        }
        return lines;
    }
}
