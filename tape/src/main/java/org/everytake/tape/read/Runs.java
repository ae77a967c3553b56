package org.everytake.tape.read;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Where the records of one stream are: as runs, each a row of records in one batch whose sequence rises. A stream without
 * loss has one run a batch; a packet that came late is a run of its own. So the whole stream can be put in order by
 * merging few runs at a time, at 24 bytes of index a run.
 */
final class Runs {
    private long[] first = new long[16];
    private long[] location = new long[16];
    private int[] offset = new int[16];
    private int[] count = new int[16];
    private int size;

    private long openLocation = -1;
    private long lastSequence;

    /** Adds a record; records and runs come in order of location and offset. */
    void add(long location, int offset, long sequence) {
        if (location == openLocation && sequence > lastSequence) {
            count[size - 1]++;
        } else {
            grow();
            first[size] = sequence;
            this.location[size] = location;
            this.offset[size] = offset;
            count[size] = 1;
            size++;
            openLocation = location;
        }
        lastSequence = sequence;
    }

    /** Adds a whole run, which begins behind all before it. */
    void add(long location, int offset, int count, long sequence) {
        grow();
        first[size] = sequence;
        this.location[size] = location;
        this.offset[size] = offset;
        this.count[size] = count;
        size++;
        openLocation = -1; // the index tells of whole batches
    }

    private void grow() {
        if (size == first.length) {
            first = Arrays.copyOf(first, size * 2);
            location = Arrays.copyOf(location, size * 2);
            offset = Arrays.copyOf(offset, size * 2);
            count = Arrays.copyOf(count, size * 2);
        }
    }

    int size() {
        return size;
    }

    /**
     * The runs by their first sequence; those that begin with the same in the order of the tape.
     *
     * @param from the runs before it are left out
     */
    int[] order(int from) {
        boolean sorted = true;
        for (int i = from + 1; i < size; i++) {
            sorted &= first[i - 1] <= first[i];
        }
        if (sorted) {
            return IntStream.range(from, size).toArray();
        }
        return IntStream.range(from, size)
                .boxed()
                .sorted(Comparator.comparingLong((Integer run) -> first[run]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    long first(int run) {
        return first[run];
    }

    long location(int run) {
        return location[run];
    }

    int offset(int run) {
        return offset[run];
    }

    int count(int run) {
        return count[run];
    }
}
