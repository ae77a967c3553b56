package org.everytake.render.sound;

import java.util.List;
import org.everytake.render.Span;

/** Lets sound through within spans of session time, with ramps of 5 ms at their ends so that nothing clicks. One thread. */
final class Gate {
    private static final int RAMP = 240;

    private final long[] starts;
    private final long[] ends;
    private int current;

    Gate(List<Span> open) {
        starts = open.stream().mapToLong(span -> sample(span.startNanos())).toArray();
        ends = open.stream().mapToLong(span -> sample(span.endNanos())).toArray();
    }

    /**
     * Adds what comes through to a block. Asked for in rising order.
     *
     * @param first the session's sample that {@code samples[from]} is
     * @param at where it goes in the block
     */
    void add(float[] samples, int from, int count, long first, float[] block, int at) {
        for (int done = 0; done < count; ) {
            long sample = first + done;
            int open = (int) Math.clamp(openUntil(sample) - sample, 0, count - done);
            for (int i = done; i < done + open; i++) {
                block[at + i] += samples[from + i];
            }
            done += open;
            if (open == 0) {
                block[at + done] += samples[from + done] * gain(sample);
                done++;
            }
        }
    }

    /** To which sample the gain is 1 from this one on; this one itself if it is not. */
    private long openUntil(long sample) {
        while (current < ends.length && sample >= ends[current]) {
            current++;
        }
        return current == ends.length || sample - starts[current] + 1 < RAMP ? sample : ends[current] - RAMP + 1;
    }

    /** At a sample that was asked for before, from 0 to 1. */
    private float gain(long sample) {
        if (current == ends.length || sample < starts[current]) {
            return 0;
        }
        return Math.min(1, Math.min(sample - starts[current] + 1, ends[current] - sample) / (float) RAMP);
    }

    private static long sample(long nanos) {
        return Math.floorDiv(nanos, 1_000_000_000L) * SoundDecoder.RATE
                + Math.floorMod(nanos, 1_000_000_000L) * SoundDecoder.RATE / 1_000_000_000L;
    }
}
