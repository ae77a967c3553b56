package org.everytake.render.picture;

import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * On which ticks a chunk has a picture even if nothing moves in it: where a piece may begin, after so many from there and
 * again, and where something comes or goes that we draw.
 *
 * @param since how many ticks of a piece come before the chunk
 * @param each how many ticks no picture lasts longer than
 */
record Rhythm(long since, int ticksPerPiece, int each) {
    /**
     * As FFmpeg has it, of the number {@code n} of a tick within the chunk.
     *
     * @param edges ticks on which something comes or goes
     */
    String ticks(SortedSet<Long> edges) {
        String first = "not(n)+not(mod(mod(n+" + since + "," + ticksPerPiece + ")," + each + "))";
        return first + edges.stream().map(tick -> "+eq(n," + tick + ")").collect(Collectors.joining());
    }
}
