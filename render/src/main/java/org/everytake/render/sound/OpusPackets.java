package org.everytake.render.sound;

import java.util.Arrays;

/** The Opus packets of a track. Grows while it is filled; one thread at a time. */
public final class OpusPackets implements CodedSound {
    private static final int PRE_SKIP = 10;

    private final byte[] head;
    private int[] sizes = new int[1024];
    private short[] durations = new short[1024];
    private int count;
    private long samples;

    /** @param head the identification header (RFC 7845, section 5.1) */
    OpusPackets(byte[] head) {
        this.head = head.clone();
    }

    void add(int size, int durationSamples) {
        if (count == sizes.length) {
            sizes = Arrays.copyOf(sizes, count * 2);
            durations = Arrays.copyOf(durations, count * 2);
        }
        sizes[count] = size;
        durations[count] = (short) durationSamples;
        count++;
        samples += durationSamples;
    }

    public int count() {
        return count;
    }

    public int size(int packet) {
        return sizes[packet];
    }

    /** How long a packet lasts, in samples at 48 kHz. */
    public int durationSamples(int packet) {
        return durations[packet];
    }

    /** The identification header. */
    public byte[] head() {
        return head.clone();
    }

    /** What a decoder puts out before the first sample. */
    public int preSkipSamples() {
        return head[PRE_SKIP] & 0xFF | (head[PRE_SKIP + 1] & 0xFF) << 8;
    }

    @Override
    public long coveredSamples() {
        return samples - preSkipSamples();
    }
}
