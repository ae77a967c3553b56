package org.everytake.render.sound;

import java.util.List;
import org.everytake.render.Span;

/** Lets sound through within spans of session time, with ramps of 5 ms at their ends so that nothing clicks. One thread. */
final class Gate {
    private static final float RAMP = 240;

    private final long[] starts;
    private final long[] ends;
    private int current;

    Gate(List<Span> open) {
        starts = open.stream().mapToLong(span -> sample(span.startNanos())).toArray();
        ends = open.stream().mapToLong(span -> sample(span.endNanos())).toArray();
    }

    /** The gain at a sample, from 0 to 1; asked for in rising order. */
    float at(long sample) {
        while (current < ends.length && sample >= ends[current]) {
            current++;
        }
        if (current == ends.length || sample < starts[current]) {
            return 0;
        }
        return Math.min(1, Math.min(sample - starts[current] + 1, ends[current] - sample) / RAMP);
    }

    private static long sample(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000L) * SoundDecoder.RATE
                + Math.floorMod(nanos, 1_000_000_000L) * SoundDecoder.RATE / 1_000_000_000L;
    }
}
