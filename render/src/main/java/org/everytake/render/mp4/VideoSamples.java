package org.everytake.render.mp4;

import java.util.Arrays;

/**
 * The coded pictures of a track in decoding order: sizes, which are key frames, and the place of each in the order of
 * display. Grows while it is filled; one thread at a time.
 */
public final class VideoSamples {
    private int[] sizes = new int[1024];
    private int[] displayIndexes = new int[1024];
    private boolean[] keys = new boolean[1024];
    private int count;
    private byte[] decoderConfiguration = new byte[0];

    void add(int size, boolean key, int displayIndex) {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
            displayIndexes = Arrays.copyOf(displayIndexes, count * 2);
            keys = Arrays.copyOf(keys, count * 2);
        }
        sizes[count] = size;
        keys[count] = key;
        displayIndexes[count] = displayIndex;
        count++;
    }

    void decoderConfiguration(byte[] avcc) {
        decoderConfiguration = avcc;
    }

    /** The AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1). */
    byte[] decoderConfiguration() {
        return decoderConfiguration;
    }

    public int count() {
        return count;
    }

    int size(int sample) {
        return sizes[sample];
    }

    boolean isKey(int sample) {
        return keys[sample];
    }

    /** By how many frames display lags behind decoding, at least. */
    int delay() {
        int delay = 0;
        for (int i = 0; i < count; i++) {
            delay = Math.max(delay, i - displayIndexes[i]);
        }
        return delay;
    }

    /** Frames from decoding time to composition time, never negative. */
    int compositionOffset(int sample, int delay) {
        return displayIndexes[sample] - sample + delay;
    }

    /** Appends what was encoded next by the same encoder with the same settings. */
    public void append(VideoSamples next) {
        if (count > 0 && !Arrays.equals(decoderConfiguration, next.decoderConfiguration)) {
            throw new IllegalArgumentException("The parameter sets of the chunks differ");
        }
        decoderConfiguration = next.decoderConfiguration;
        int base = count;
        for (int i = 0; i < next.count; i++) {
            add(next.sizes[i], next.keys[i], base + next.displayIndexes[i]);
        }
    }
}
