package org.everytake.studio.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Numbers of segments as a person says them: "segments 1 to 4, 6". */
final class Ordinals {
    private Ordinals() {}

    /** @param ordinals at least one */
    static String words(List<Integer> ordinals) {
        SortedSet<Integer> sorted = new TreeSet<>(ordinals);
        List<String> ranges = new ArrayList<>();
        int first = sorted.first();
        int last = first;
        for (int ordinal : sorted.tailSet(first + 1)) {
            if (ordinal > last + 1) {
                ranges.add(range(first, last));
                first = ordinal;
            }
            last = ordinal;
        }
        ranges.add(range(first, last));
        return (sorted.size() == 1 ? "segment " : "segments ") + String.join(", ", ranges);
    }

    private static String range(int first, int last) {
        return first == last ? String.valueOf(first) : first + " to " + last;
    }
}
