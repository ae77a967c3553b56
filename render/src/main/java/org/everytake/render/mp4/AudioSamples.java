package org.everytake.render.mp4;

import java.util.Arrays;
import org.everytake.render.sound.CodedSound;

/** The AAC frames of a track, 1024 samples each. Grows while it is filled; one thread at a time. */
public final class AudioSamples implements CodedSound {
    /** What an encoder puts before the first sample: one frame of overlap. */
    public static final int PRIMING_SAMPLES = 1024;

    public static final int FRAME_SAMPLES = 1024;

    private int[] sizes = new int[1024];
    private int count;
    private int largest;
    private long bytes;

    void add(int size) {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
        }
        sizes[count++] = size;
        largest = Math.max(largest, size);
        bytes += size;
    }

    public int count() {
        return count;
    }

    @Override
    public long coveredSamples() {
        return (long) count * FRAME_SAMPLES - PRIMING_SAMPLES;
    }

    int size(int sample) {
        return sizes[sample];
    }

    int largest() {
        return largest;
    }

    /** Bits a second on average. */
    long averageBitRate() {
        return count == 0 ? 0 : bytes * 8 * 48_000 / ((long) count * FRAME_SAMPLES);
    }
}
