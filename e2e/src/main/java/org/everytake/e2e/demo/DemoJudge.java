package org.everytake.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.everytake.bench.measure.Atoms;
import org.everytake.bench.measure.Probe;
import org.everytake.bench.measure.Samples;
import org.everytake.bench.measure.Synchrony;
import org.everytake.bench.measure.TestCard;
import org.everytake.e2e.demo.DemoReport.Check;
import org.everytake.e2e.demo.DemoReport.FileReport;

/** Looks at and listens to what came out, and holds it beside what it must be. */
final class DemoJudge {

    private static final double MEDIAN_LIMIT_MILLIS = 30;
    private static final double SPREAD_LIMIT_MILLIS = 60;
    private static final double LAST_SOUND_LIMIT_SECONDS = 0.5;
    /** For the 60 s of the published figure: the time is dominated by what must be encoded, so it grows with it. */
    private static final double READY_LIMIT_SECONDS_PER_SECOND = 10.0 / 60;
    /** A third of the hum. */
    private static final double AUDIBLE = TestCard.HUM_AMPLITUDE * Short.MAX_VALUE * 0.7 / 3;

    private final List<TestCard> cards;
    private final int seconds;

    DemoJudge(List<TestCard> cards, int seconds) {
        this.cards = cards;
        this.seconds = seconds;
    }

    /**
     * @param files the composite first
     * @param stopClockSeconds each participant's clock when Stop was pressed
     */
    DemoReport judge(
            JsonNode recording,
            List<Path> files,
            double stopToReadySeconds,
            List<Double> stopClockSeconds,
            String browser)
            throws IOException {
        List<FileReport> reports = new ArrayList<>();
        for (Path file : files) {
            reports.add(new FileReport(
                    String.valueOf(file.getFileName()),
                    Files.size(file),
                    Atoms.fastStart(file),
                    Probe.complaint(file).orElse(""),
                    Probe.of(file)));
        }
        Path composite = files.getFirst();
        List<Synchrony> seen = Synchrony.measure(composite, cards);
        double lastSound = lastSoundBeforeStop(Samples.read(composite), seen, stopClockSeconds);
        return new DemoReport(
                seconds,
                new DemoReport.Machine(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        System.getProperty("java.version"),
                        browser),
                recording.path("id").asText(),
                recording.path("durationMillis").asLong() / 1000.0,
                stopToReadySeconds,
                lastSound,
                seen,
                reports,
                checks(seen, lastSound, stopToReadySeconds));
    }

    /** By the first card seen: when its clock showed the moment of Stop in the composite, less the last sound there. */
    private double lastSoundBeforeStop(Samples samples, List<Synchrony> seen, List<Double> stopClockSeconds) {
        Optional<Synchrony> found =
                seen.stream().filter(one -> !one.readings().isEmpty()).findFirst();
        if (found.isEmpty()) {
            return Double.NaN;
        }
        double stopClock = stopClockSeconds.get(
                cards.stream().map(TestCard::name).toList().indexOf(found.get().name()));
        double[] shifts = found.get().readings().stream()
                .mapToDouble(reading -> reading.seconds() - reading.sourceSeconds())
                .sorted()
                .toArray();
        return stopClock + shifts[shifts.length / 2] - samples.lastSoundSeconds(AUDIBLE);
    }

    private List<Check> checks(List<Synchrony> seen, double lastSound, double stopToReady) {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "participants seen and heard in the composite",
                seen.stream().filter(one -> one.soundLate().count() > 0).count(),
                Integer.toString(cards.size()),
                seen.stream().filter(one -> one.soundLate().count() > 0).count() == cards.size()));
        for (Synchrony one : seen) {
            double median = one.soundLate().medianMillis();
            double spread = one.soundLate().spreadMillis();
            checks.add(new Check(
                    one.name() + ": sound after picture, median, ms",
                    median,
                    "within ±30",
                    Math.abs(median) <= MEDIAN_LIMIT_MILLIS));
            checks.add(new Check(
                    one.name() + ": sound after picture, 5 % to 95 %, ms",
                    spread,
                    "within 60",
                    spread <= SPREAD_LIMIT_MILLIS));
        }
        checks.add(new Check(
                "last sound before Stop, s", lastSound, "within 0.5", Math.abs(lastSound) <= LAST_SOUND_LIMIT_SECONDS));
        double readyLimit = Math.max(5, seconds * READY_LIMIT_SECONDS_PER_SECOND);
        checks.add(new Check(
                "Stop to composite ready, s", stopToReady, "at most " + readyLimit, stopToReady <= readyLimit));
        return checks;
    }
}
