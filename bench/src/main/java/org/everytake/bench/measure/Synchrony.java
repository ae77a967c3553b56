package org.everytake.bench.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How well sound and picture of one participant fit in a file.
 *
 * @param soundLate by the clock in the frame shown at each beep: positive means the sound is late. It contains the grid
 *     of frames, as the viewer sees it
 * @param underlying by the mean of the clock in the frames of a second around each beep, which leaves the grid out
 * @param flashes the same by the first bright frame and the beep, which is coarser by half a frame of the camera
 * @param readings the source time of every frame whose clock could be read
 * @param beepSeconds when a beep begins in the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Synchrony(
        String name,
        Region pane,
        int frames,
        Offsets soundLate,
        Offsets underlying,
        Offsets flashes,
        @JsonIgnore List<Reading> readings,
        @JsonIgnore double[] beepSeconds) {

    private static final double NEAR_SECONDS = 0.1;
    private static final double AROUND_SECONDS = 0.5;

    /** What the clock in the frame at {@code seconds} of the file says. */
    public record Reading(double seconds, double sourceSeconds) {}

    /** The share of the file's frames whose clock could be read, 0 to 1. */
    public double clockShare() {
        return frames == 0 ? 0 : (double) readings.size() / frames;
    }

    /** Measures every card that can be found in the file, in the cards' order; a card that is not seen is left out. */
    public static List<Synchrony> measure(Path file, List<TestCard> cards) throws IOException {
        Probe probe = Probe.of(file);
        int width = probe.video().width();
        int height = probe.video().height();
        Map<TestCard, Region> panes = new LinkedHashMap<>();
        for (TestCard card : cards) {
            for (double share : new double[] {0.5, 0.7, 0.3, 0.85}) {
                Panes.find(file, probe.durationSeconds() * share, width, height, card)
                        .ifPresent(pane -> panes.putIfAbsent(card, pane));
                if (panes.containsKey(card)) {
                    break;
                }
            }
        }
        return measure(file, width, height, panes);
    }

    private static List<Synchrony> measure(Path file, int width, int height, Map<TestCard, Region> panes)
            throws IOException {
        Map<TestCard, List<Double>> brightness = new LinkedHashMap<>();
        Map<TestCard, List<OptionalLong>> clocks = new LinkedHashMap<>();
        panes.keySet().forEach(card -> {
            brightness.put(card, new ArrayList<>());
            clocks.put(card, new ArrayList<>());
        });
        double[] times = VideoReader.read(
                file,
                width,
                height,
                (index, picture) -> panes.forEach((card, pane) -> {
                    brightness.getOrDefault(card, List.of()).add(picture.mean(TestCard.flash(pane)));
                    clocks.getOrDefault(card, List.of()).add(BitClock.read(picture, pane));
                }));
        Samples samples = Samples.read(file);
        List<Synchrony> found = new ArrayList<>();
        panes.forEach((card, pane) -> found.add(of(
                card,
                pane,
                times,
                brightness.getOrDefault(card, List.of()),
                clocks.getOrDefault(card, List.of()),
                Beeps.onsets(samples, card.pitchHz()))));
        return found;
    }

    private static Synchrony of(
            TestCard card,
            Region pane,
            double[] times,
            List<Double> brightness,
            List<OptionalLong> clocks,
            double[] beeps) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            if (clocks.get(i).isPresent()) {
                readings.add(new Reading(times[i], clocks.get(i).getAsLong() / 1000.0));
            }
        }
        double[] flashes = Flashes.onsets(
                times, brightness.stream().mapToDouble(Double::doubleValue).toArray());
        return new Synchrony(
                card.name(),
                pane,
                times.length,
                Offsets.of(soundLate(readings, beeps, card.periodSeconds())),
                Offsets.of(underlying(readings, beeps, card.periodSeconds())),
                Offsets.of(Flashes.offsets(flashes, beeps, card.periodSeconds())),
                readings,
                beeps);
    }

    /** For each beep: how far past the beep's own time the picture's clock is when the beep is heard. */
    static List<Offsets.Point> soundLate(List<Reading> readings, double[] beeps, double periodSeconds) {
        List<Offsets.Point> points = new ArrayList<>();
        for (double beep : beeps) {
            Reading nearest = null;
            for (Reading reading : readings) {
                if (nearest == null || Math.abs(reading.seconds() - beep) < Math.abs(nearest.seconds() - beep)) {
                    nearest = reading;
                }
            }
            if (nearest != null && Math.abs(nearest.seconds() - beep) < NEAR_SECONDS) {
                double pictured = nearest.sourceSeconds() + beep - nearest.seconds();
                double beepSource = Math.round(pictured / periodSeconds) * periodSeconds;
                points.add(new Offsets.Point(beep, (pictured - beepSource) * 1000));
            }
        }
        return points;
    }

    /** As {@link #soundLate}, but against the mean of many frames. */
    static List<Offsets.Point> underlying(List<Reading> readings, double[] beeps, double periodSeconds) {
        List<Offsets.Point> points = new ArrayList<>();
        for (double beep : beeps) {
            OptionalDouble shift = readings.stream()
                    .filter(reading -> Math.abs(reading.seconds() - beep) < AROUND_SECONDS)
                    .mapToDouble(reading -> reading.seconds() - reading.sourceSeconds())
                    .average();
            if (shift.isPresent()) {
                double pictured = beep - shift.getAsDouble();
                double beepSource = Math.round(pictured / periodSeconds) * periodSeconds;
                points.add(new Offsets.Point(beep, (pictured - beepSource) * 1000));
            }
        }
        return points;
    }
}
