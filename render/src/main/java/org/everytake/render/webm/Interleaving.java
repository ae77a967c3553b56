package org.everytake.render.webm;

import java.util.Arrays;
import java.util.List;

/** Goes through the blocks of all tracks in the order of their times; of the same time, in that of the tracks. One thread. */
final class Interleaving {
    private final List<WebmTrack> tracks;
    private final int[] next;
    private int track = -1;

    Interleaving(List<WebmTrack> tracks) {
        this.tracks = tracks;
        this.next = new int[tracks.size()];
        Arrays.fill(next, 0);
    }

    /** Goes to the next block; false at the end. */
    boolean next() {
        if (track >= 0) {
            next[track]++;
        }
        track = -1;
        for (int i = 0; i < next.length; i++) {
            Blocks blocks = tracks.get(i).blocks();
            if (next[i] < blocks.count()
                    && (track < 0
                            || blocks.millis(next[i])
                                    < tracks.get(track).blocks().millis(next[track]))) {
                track = i;
            }
        }
        return track >= 0;
    }

    /** Index of the track. */
    int track() {
        return track;
    }

    /** Index of the block in its track. */
    int block() {
        return next[track];
    }
}
