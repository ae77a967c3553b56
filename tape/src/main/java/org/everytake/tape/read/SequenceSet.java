package org.everytake.tape.read;

import java.util.Map;
import java.util.TreeMap;

/** Sequence numbers that were seen, as ranges: a stream costs as much as it has gaps. */
final class SequenceSet {
    // first of a range to its last
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Adds a number; false if it was there. */
    boolean add(long sequence) {
        Map.Entry<Long, Long> below = ranges.floorEntry(sequence);
        if (below != null && sequence <= below.getValue()) {
            return false;
        }
        long first = sequence;
        long last = sequence;
        if (below != null && below.getValue() == sequence - 1) {
            first = below.getKey();
        }
        // at the highest number there is nothing above to join
        Long above = sequence == Long.MAX_VALUE ? null : ranges.remove(sequence + 1);
        if (above != null) {
            last = above;
        }
        ranges.put(first, last);
        return true;
    }
}
