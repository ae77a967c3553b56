package org.everytake.call.media;

import java.util.ArrayList;
import java.util.List;
import org.everytake.call.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways in which a subscriber may get a track, the least of which takes the least.
 *
 * @param point of the layers within the layer's stream, if it has any
 */
record Rung(Layer layer, OperatingPoint point, long bitsPerSecond) {
    /** What flows, the least first, and nothing that is larger than it needs to be. */
    static List<Rung> ladder(LiveTrack track, int viewedLines, long nowNanos) {
        List<Layer> flowing = new ArrayList<>();
        for (Layer layer : track.layers()) {
            if (layer.flows(nowNanos)) {
                flowing.add(layer);
            }
        }
        flowing.sort((one, other) ->
                one == other ? 0 : one.isBetterThan(other, nowNanos) ? 1 : other.isBetterThan(one, nowNanos) ? -1 : 0);
        List<Rung> ladder = new ArrayList<>();
        for (Layer layer : flowing) {
            LayerRates rates = layer.rates();
            int lines = layer.lines();
            if (rates == null) {
                ladder.add(new Rung(layer, OperatingPoint.ALL, layer.bitsPerSecond(nowNanos)));
            } else {
                lines = add(ladder, layer, rates, track.track().kind() == Kind.SCREEN, viewedLines, nowNanos);
            }
            if (lines >= viewedLines) {
                break;
            }
        }
        return ladder;
    }

    /**
     * Of a camera motion comes before sharpness, of a screen sharpness before motion.
     *
     * @return how many lines the largest has
     */
    private static int add(
            List<Rung> ladder, Layer layer, LayerRates rates, boolean screen, int viewedLines, long nowNanos) {
        int mostSpatial = rates.highestSpatial(nowNanos);
        int mostTemporal = rates.highestTemporal(nowNanos);
        int enough = 0;
        while (enough < mostSpatial && rates.lines(enough) < viewedLines) {
            enough++;
        }
        // Who gets all that there is gets what may come above, too, unless they see no more than this.
        boolean all = enough == mostSpatial && rates.lines(enough) < viewedLines;
        // Only the least layer is worth having with less motion or sharpness than that.
        int spatial = !ladder.isEmpty() && screen ? enough : 0;
        int temporal = !ladder.isEmpty() && !screen ? mostTemporal : 0;
        while (true) {
            ladder.add(new Rung(
                    layer,
                    new OperatingPoint(
                            all && spatial == mostSpatial ? Integer.MAX_VALUE : spatial,
                            temporal == mostTemporal ? Integer.MAX_VALUE : temporal),
                    rates.bitsPerSecond(spatial, temporal, nowNanos)));
            if (screen ? spatial < enough : temporal == mostTemporal && spatial < enough) {
                spatial++;
            } else if (temporal < mostTemporal) {
                temporal++;
            } else {
                return mostSpatial == 0 ? layer.lines() : rates.lines(enough);
            }
        }
    }

    /** Which of a ladder a forwarder is to send; -1 if it sends nothing of it. */
    static int presentOf(List<Rung> ladder, @Nullable Layer layer, OperatingPoint point) {
        int present = -1;
        for (int i = 0; i < ladder.size(); i++) {
            Rung rung = ladder.get(i);
            if (rung.layer() == layer && (present < 0 || rung.point().isWithin(point))) {
                present = i;
            }
        }
        return present;
    }
}
