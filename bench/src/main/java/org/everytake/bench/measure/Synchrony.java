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
import java.util.stream.DoubleStream;

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
        Probe.Stream video = probe.video();
        Map<TestCard, Region> panes = panes(file, cards, 0, probe.durationSeconds(), video.width(), video.height());
        FrameLooks looks = new FrameLooks(panes);
        double[] times = VideoReader.read(file, video.width(), video.height(), looks);
        return measure(looks, times, Samples.read(file), 0);
    }

    /** The same in a part of the file. */
    public static List<Synchrony> measure(Path file, List<TestCard> cards, Stretch stretch) throws IOException {
        FrameLooks looks = new FrameLooks(
                panes(file, cards, stretch.fromSeconds(), stretch.seconds(), stretch.width(), stretch.height()));
        double[] times = VideoReader.read(file, stretch, looks);
        return measure(looks, times, Samples.read(file, stretch), stretch.fromSeconds());
    }

    private static Map<TestCard, Region> panes(
            Path file, List<TestCard> cards, double from, double seconds, int width, int height) throws IOException {
        Map<TestCard, Region> panes = new LinkedHashMap<>();
        for (TestCard card : cards) {
            for (double share : new double[] {0.5, 0.7, 0.3, 0.85}) {
                Panes.find(file, from + seconds * share, width, height, card)
                        .ifPresent(pane -> panes.putIfAbsent(card, pane));
                if (panes.containsKey(card)) {
                    break;
                }
            }
        }
        return panes;
    }

    private static List<Synchrony> measure(FrameLooks looks, double[] times, Samples samples, double soundFrom) {
        List<Synchrony> found = new ArrayList<>();
        looks.panes.forEach((card, pane) -> found.add(of(
                card,
                pane,
                times,
                looks.brightness.getOrDefault(card, List.of()),
                looks.clocks.getOrDefault(card, List.of()),
                DoubleStream.of(Beeps.onsets(samples, card.pitchHz()))
                        .map(onset -> soundFrom + onset)
                        .toArray())));
        return found;
    }

    /** What each frame shows in each pane. */
    private static final class FrameLooks implements VideoReader.Sink {
        private final Map<TestCard, Region> panes;
        private final Map<TestCard, List<Double>> brightness = new LinkedHashMap<>();
        private final Map<TestCard, List<OptionalLong>> clocks = new LinkedHashMap<>();

        FrameLooks(Map<TestCard, Region> panes) {
            this.panes = panes;
        }

        @Override
        public void frame(int index, Gray picture) {
            panes.forEach((card, pane) -> {
                brightness.computeIfAbsent(card, c -> new ArrayList<>()).add(picture.mean(TestCard.flash(pane)));
                clocks.computeIfAbsent(card, c -> new ArrayList<>()).add(BitClock.read(picture, pane));
            });
        }
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
