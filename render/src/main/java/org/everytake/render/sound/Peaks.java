package org.everytake.render.sound;

import java.util.Arrays;

/** The least and the greatest sample of each 20 ms of one channel. Grows while it is filled; one thread at a time. */
final class Peaks {
    /** 20 ms at 48 kHz. */
    static final int PIXEL_SAMPLES = 960;

    private static final int SIXTEEN_TO_EIGHT_BITS = 256;

    private byte[] least = new byte[1024];
    private byte[] greatest = new byte[1024];
    private long samples;

    /**
     * Takes what follows, which must not go beyond a multiple of 20 ms.
     *
     * @param low its least sample, of 16 bits; what is beyond them is as loud as can be
     */
    void add(float low, float high, int count) {
        int pixel = (int) (samples / PIXEL_SAMPLES);
        if (pixel == least.length) {
            least = Arrays.copyOf(least, pixel * 2);
            greatest = Arrays.copyOf(greatest, pixel * 2);
        }
        boolean first = samples % PIXEL_SAMPLES == 0;
        least[pixel] = (byte) Math.min(first ? Byte.MAX_VALUE : least[pixel], eightBits(low));
        greatest[pixel] = (byte) Math.max(first ? Byte.MIN_VALUE : greatest[pixel], eightBits(high));
        samples += count;
    }

    private static int eightBits(float sample) {
        return (int) Math.clamp(sample / SIXTEEN_TO_EIGHT_BITS, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** From the beginning to a sample, silence where there was nothing yet. */
    void startAt(long sample) {
        while (samples < sample) {
            add(0, 0, (int) Math.min(PIXEL_SAMPLES - samples % PIXEL_SAMPLES, sample - samples));
        }
    }

    int least(int pixel) {
        return pixel * (long) PIXEL_SAMPLES < samples ? least[pixel] : 0;
    }

    int greatest(int pixel) {
        return pixel * (long) PIXEL_SAMPLES < samples ? greatest[pixel] : 0;
    }
}
