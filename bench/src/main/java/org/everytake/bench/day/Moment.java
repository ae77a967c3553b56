package org.everytake.bench.day;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.everytake.bench.measure.Stretch;
import org.everytake.bench.measure.Synchrony;

/**
 * A minute of the composite, and how right it is for one performer. A picture is dated by the frame of the file in which
 * it is shown first: a source of 5 frames a second is shown for 200 ms each.
 *
 * @param pictures how many were seen
 * @param beeps how many were heard
 * @param pictureLateMillis how much later than it was true a picture is shown, median, the clip's lap left open
 * @param soundLateMillis how much later than its picture a beep is heard, median
 */
record Moment(Performer performer, int pictures, int beeps, double pictureLateMillis, double soundLateMillis) {
    static final double SECONDS = 60;

    /** The composite is small; enlarged, its panes and the cells of their clocks are found as elsewhere. */
    private static final int WIDTH = 1280;

    private static final int HEIGHT = 720;

    /**
     * @param clipsBegan seconds of the file at which the clips began
     * @throws IOException also if somebody is not seen
     */
    static List<Moment> of(Path file, double fromSeconds, double clipsBegan, List<Performer> performers)
            throws IOException {
        List<Synchrony> seen = Synchrony.measure(
                file,
                performers.stream().map(Performer::card).toList(),
                new Stretch(fromSeconds, SECONDS, WIDTH, HEIGHT));
        if (seen.size() < performers.size()) {
            throw new IOException("Only " + seen.size() + " are seen at " + fromSeconds + " s of the composite");
        }
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            moments.add(of(performers.get(i), seen.get(i), clipsBegan));
        }
        return moments;
    }

    private static Moment of(Performer performer, Synchrony seen, double clipsBegan) {
        List<Synchrony.Reading> firsts = new ArrayList<>();
        for (int i = 1; i < seen.readings().size(); i++) {
            Synchrony.Reading reading = seen.readings().get(i);
            if (reading.sourceSeconds() != seen.readings().get(i - 1).sourceSeconds()) {
                firsts.add(reading);
            }
        }
        double[] late = firsts.stream()
                .mapToDouble(reading -> late(performer, reading, clipsBegan))
                .toArray();
        double median = median(late);
        double[] soundLate = Arrays.stream(seen.beepSeconds())
                .map(beep -> beepLate(performer, beep, clipsBegan) - median)
                .toArray();
        return new Moment(performer, firsts.size(), soundLate.length, median * 1e3, median(soundLate) * 1e3);
    }

    private static double late(Performer performer, Synchrony.Reading reading, double clipsBegan) {
        double played = performer.played(reading.seconds() - clipsBegan);
        return performer.trueSeconds(nearest(played - reading.sourceSeconds(), performer.seconds()));
    }

    private static double beepLate(Performer performer, double beep, double clipsBegan) {
        double played = performer.played(beep - clipsBegan);
        return performer.trueSeconds(nearest(played, performer.card().periodSeconds()));
    }

    /** What is left of it when whole periods are taken away, at most half of one. */
    private static double nearest(double seconds, double period) {
        return seconds - Math.rint(seconds / period) * period;
    }

    private static double median(double[] all) {
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
