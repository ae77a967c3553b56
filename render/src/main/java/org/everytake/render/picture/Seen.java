package org.everytake.render.picture;

import java.util.List;
import org.everytake.render.Chunk;
import org.everytake.render.Pane;
import org.jspecify.annotations.Nullable;

/**
 * A pane with a picture.
 *
 * @param still how large all its pictures are, if it is of something that mostly stands still: those that show what the one
 *     before does are left out then
 */
record Seen(Pane pane, @Nullable Size still) {
    /** Whether it has its picture from the beginning of a chunk to its end. */
    boolean isThroughout(Chunk chunk) {
        return pane.visible().equals(List.of(chunk.ticks()));
    }

    /**
     * Whether nothing moves in a chunk save, now and then, what somebody shows. Of such a chunk there is no picture on each
     * tick, but one where something changes.
     */
    static boolean areCalm(Chunk chunk, List<Seen> all) {
        return all.stream().allMatch(seen -> seen.still != null && seen.isThroughout(chunk));
    }
}
