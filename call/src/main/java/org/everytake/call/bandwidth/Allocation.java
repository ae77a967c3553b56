package org.everytake.call.bandwidth;

import java.util.List;

/** Divides what a path carries among videos. Pure. */
public final class Allocation {
    /** A step up must be worth it: what is measured of a layer wanders. */
    private static final double ROOM_TO_GROW = 1.15;

    /** The most important video is not given up for less: half of the picture's packets may still be repaired. */
    private static final double ENOUGH_TO_STAY = 0.5;

    /**
     * A video that somebody sees.
     *
     * @param bitsPerSecond of its layers that would serve, the least first
     * @param present the layer that it has now, -1 if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // handed in, never compared
    public record Video(long[] bitsPerSecond, int present) {}

    private Allocation() {}

    /**
     * First each gets its least layer, then each in turn the next one, the most important first. What the first one has
     * it keeps with less, since a bad picture is better than none.
     *
     * @param videos the most important first
     * @return for each the layer that it gets, -1 if there is no room for it
     */
    public static int[] divide(long bitsPerSecond, List<Video> videos) {
        int[] chosen = new int[videos.size()];
        long left = bitsPerSecond;
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = -1;
            boolean stays = i == 0 && videos.get(0).present() >= 0;
            left -= step(videos.get(i), chosen, i, stays ? (long) (left / ENOUGH_TO_STAY) : left);
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            for (int i = 0; i < chosen.length; i++) {
                if (chosen[i] < 0) {
                    continue;
                }
                long more = step(videos.get(i), chosen, i, left);
                left -= more;
                grew |= more != 0;
            }
        }
        return chosen;
    }

    /** Takes the next layer up if it fits, and returns what it takes more. */
    private static long step(Video video, int[] chosen, int i, long left) {
        int next = chosen[i] + 1;
        if (next >= video.bitsPerSecond().length) {
            return 0;
        }
        long before = chosen[i] < 0 ? 0 : video.bitsPerSecond()[chosen[i]];
        long cost = Math.max(1, video.bitsPerSecond()[next] - before);
        double needed = next > video.present() ? cost * ROOM_TO_GROW : cost;
        if (needed > left) {
            return 0;
        }
        chosen[i] = next;
        return cost;
    }

    /** What each takes at its least. */
    public static long least(List<Video> videos) {
        long sum = 0;
        for (Video video : videos) {
            sum += video.bitsPerSecond().length == 0 ? 0 : (long) (video.bitsPerSecond()[0] * ROOM_TO_GROW) + 1;
        }
        return sum;
    }

    /** What all of them would take at their best. */
    public static long wanted(List<Video> videos) {
        long sum = 0;
        for (Video video : videos) {
            long[] rates = video.bitsPerSecond();
            sum += rates.length == 0 ? 0 : (long) (rates[rates.length - 1] * ROOM_TO_GROW);
        }
        return sum;
    }
}
