package org.everytake.bench.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds where a test card is shown in a picture, by its colour. */
public final class Panes {

    private static final double HUE_TOLERANCE_DEGREES = 20;
    /** A card is fully saturated; the quiet colours of people without a camera reach 0.55. */
    private static final double LEAST_SATURATION = 0.7;
    /** Beside the clock only a margin of 5 % of the pane has the card's colour. */
    private static final int LEAST_PIXELS = 10;

    private Panes() {}

    /** The pane of the card in the video at a time; empty if nothing there has its colour. */
    public static Optional<Region> find(Path file, double seconds, int width, int height, TestCard card)
            throws IOException {
        return find(VideoReader.rgbAt(file, seconds, width, height), width, height, card);
    }

    static Optional<Region> find(byte[] rgb, int width, int height, TestCard card) {
        int[] columns = new int[width];
        int[] rows = new int[height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (matches(rgb, (y * width + x) * 3, card.hueDegrees())) {
                    columns[x]++;
                    rows[y]++;
                }
            }
        }
        int[] across = longestRun(columns, LEAST_PIXELS);
        int[] down = longestRun(rows, LEAST_PIXELS);
        if (across[1] - across[0] < 16 || down[1] - down[0] < 16) {
            return Optional.empty();
        }
        return Optional.of(new Region(across[0], down[0], across[1] - across[0], down[1] - down[0]));
    }

    private static boolean matches(byte[] rgb, int at, double hueDegrees) {
        int r = rgb[at] & 0xff;
        int g = rgb[at + 1] & 0xff;
        int b = rgb[at + 2] & 0xff;
        int max = Math.max(r, Math.max(g, b));
        int min = Math.min(r, Math.min(g, b));
        if (max < 60 || max - min < LEAST_SATURATION * max) {
            return false;
        }
        double hue = max == r
                ? 60.0 * (g - b) / (max - min)
                : max == g ? 120 + 60.0 * (b - r) / (max - min) : 240 + 60.0 * (r - g) / (max - min);
        double apart = Math.abs(hue - hueDegrees) % 360;
        return Math.min(apart, 360 - apart) < HUE_TOLERANCE_DEGREES;
    }

    /** First and one past the last index of the longest run of counts that reach the limit. */
    private static int[] longestRun(int[] counts, int limit) {
        int[] best = {0, 0};
        int from = 0;
        for (int i = 0; i <= counts.length; i++) {
            if (i == counts.length || counts[i] < limit) {
                if (i - from > best[1] - best[0]) {
                    best = new int[] {from, i};
                }
                from = i + 1;
            }
        }
        return best;
    }
}
