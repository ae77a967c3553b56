package org.everytake.bench.call;

import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUpSeconds after the first have come, and after more of them have
 * @param settleSeconds after viewers have come or gone
 * @param windowSeconds of each measurement
 * @param tapeSeconds of the one whose tape is looked at
 * @param pairs of ours and Janus, and of with viewers and without
 * @param crowds numbers of publishers, ascending
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
    static final Extent QUICK = new Extent(8, 3, 8, 10, 1, List.of(8, 50, 100), false);
    static final Extent FULL = new Extent(60, 10, 30, 300, 3, List.of(8, 50, 100), true);

    int largestCrowd() {
        return crowds.getLast();
    }
}
