package org.everytake.bench.call;

import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUpSeconds after the first have come
 * @param settleSeconds after publishers have fallen silent, and after viewers have come or gone
 * @param windowSeconds of each measurement
 * @param tapeSeconds of the one whose tape is looked at
 * @param pairs of ours and Janus, and of with viewers and without
 * @param crowds numbers of publishers, descending: the largest crowd is the one that warms a server up
 * @param ceiling whether the largest number is looked for
 */
record Extent(
        double warmUpSeconds,
        double settleSeconds,
        double windowSeconds,
        double tapeSeconds,
        int pairs,
        List<Integer> crowds,
        boolean ceiling) {
    static final Extent QUICK = new Extent(8, 3, 8, 10, 1, List.of(100, 50, 8), false);
    static final Extent FULL = new Extent(60, 10, 30, 300, 3, List.of(100, 50, 8), true);

    int largestCrowd() {
        return crowds.getFirst();
    }
}
