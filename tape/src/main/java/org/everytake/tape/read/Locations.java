package org.everytake.tape.read;

import java.util.Arrays;

/** A growing list of batch locations: eight bytes each, because a day of a recording has millions. */
final class Locations {
    private long[] values = new long[64];
    private int size;

    void add(long location) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = location;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return values[index];
    }
}
