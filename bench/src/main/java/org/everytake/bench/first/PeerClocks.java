package org.everytake.bench.first;

import java.util.ArrayList;
import java.util.List;
import org.everytake.bench.measure.Offsets;
import org.everytake.bench.measure.Synchrony;
import org.everytake.bench.measure.Synchrony.Reading;
import org.everytake.bench.measure.TestCard;

/**
 * Holds two participants of one file against each other by true time, which is known because both were sent from here.
 *
 * @param clipStartNanos this machine's time at which the clip began
 * @param skewPpm by how many millionths the sender's clock, and so the clip, ran too fast
 */
record PeerClocks(TestCard card, long clipStartNanos, double skewPpm) {

    private static final double NANOS = 1e9;

    /** True time, in seconds after an arbitrary zero, at which the clip was at this time of itself. */
    double trueSeconds(double clipSeconds) {
        return clipStartNanos / NANOS + clipSeconds / (1 + skewPpm * 1e-6);
    }

    /** For each beep of both: how much later the second's is in the file than it would be if both were true. */
    static List<Offsets.Point> sounds(PeerClocks a, Synchrony seenA, PeerClocks b, Synchrony seenB) {
        List<Offsets.Point> first = a.beepShifts(seenA);
        List<Offsets.Point> second = b.beepShifts(seenB);
        return compare(first, second);
    }

    /** The same for the pictures, frame by frame. */
    static List<Offsets.Point> pictures(PeerClocks a, Synchrony seenA, PeerClocks b, Synchrony seenB) {
        return compare(a.frameShifts(seenA), b.frameShifts(seenB));
    }

    /** File time less true time of each beep, in milliseconds. */
    private List<Offsets.Point> beepShifts(Synchrony seen) {
        List<Offsets.Point> points = new ArrayList<>();
        for (double beep : seen.beepSeconds()) {
            Reading near = nearest(seen.readings(), beep);
            double clip = near.sourceSeconds() + beep - near.seconds();
            double source = Math.round(clip / card.periodSeconds()) * card.periodSeconds();
            points.add(new Offsets.Point(beep, (beep - trueSeconds(source)) * 1000));
        }
        return points;
    }

    private List<Offsets.Point> frameShifts(Synchrony seen) {
        return seen.readings().stream()
                .map(reading -> new Offsets.Point(
                        reading.seconds(), (reading.seconds() - trueSeconds(reading.sourceSeconds())) * 1000))
                .toList();
    }

    /** Each of the second beside the median of the first within two seconds of it. */
    private static List<Offsets.Point> compare(List<Offsets.Point> first, List<Offsets.Point> second) {
        List<Offsets.Point> points = new ArrayList<>();
        for (Offsets.Point point : second) {
            double[] around = first.stream()
                    .filter(other -> Math.abs(other.seconds() - point.seconds()) < 2)
                    .mapToDouble(Offsets.Point::offsetMillis)
                    .sorted()
                    .toArray();
            if (around.length > 0) {
                points.add(new Offsets.Point(point.seconds(), point.offsetMillis() - around[around.length / 2]));
            }
        }
        return points;
    }

    private static Reading nearest(List<Reading> readings, double seconds) {
        Reading nearest = readings.getFirst();
        for (Reading reading : readings) {
            if (Math.abs(reading.seconds() - seconds) < Math.abs(nearest.seconds() - seconds)) {
                nearest = reading;
            }
        }
        return nearest;
    }
}
