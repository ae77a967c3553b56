package org.everytake.bench.first;

import java.util.List;
import org.everytake.bench.Figure;
import org.everytake.bench.measure.Offsets;
import org.everytake.bench.measure.Synchrony;

/** The figures of synchronisation that follow from one composite of two. */
final class SyncFigures {

    private static final double MEDIAN_MILLIS = 10;
    private static final double EVERY_MARK_MILLIS = 25;
    private static final double BETWEEN_MILLIS = 20;

    private SyncFigures() {}

    static List<Figure> of(PeerClocks a, Synchrony seenA, PeerClocks b, Synchrony seenB) {
        Offsets own = seenA.soundLate();
        Offsets sounds = Offsets.of(PeerClocks.sounds(a, seenA, b, seenB));
        Offsets pictures = Offsets.of(PeerClocks.pictures(a, seenA, b, seenB));
        // 31 frames of 30 a second meet a grid of 25 in only six phases: the median of marks would be luck.
        double median = seenA.underlying().medianMillis();
        double worstMark = largest(own);
        return List.of(
                Figure.of(
                        "A/V offset of a Java peer with exact reports, median, ms",
                        median,
                        "within ±10",
                        Math.abs(median) <= MEDIAN_MILLIS),
                Figure.of(
                        "A/V offset of a Java peer with exact reports, worst mark, ms",
                        worstMark,
                        "within ±25",
                        worstMark <= EVERY_MARK_MILLIS),
                Figure.of(
                        "sound of two peers whose clocks differ by 3 s and 100 ppm, worst offset, ms",
                        largest(sounds),
                        "within 20",
                        largest(sounds) <= BETWEEN_MILLIS),
                Figure.of(
                        "picture of two peers whose clocks differ by 3 s and 100 ppm, median offset, ms",
                        pictures.medianMillis(),
                        "within 20",
                        Math.abs(pictures.medianMillis()) <= BETWEEN_MILLIS));
    }

    private static double largest(Offsets offsets) {
        return Math.max(Math.abs(offsets.minMillis()), Math.abs(offsets.maxMillis()));
    }
}
