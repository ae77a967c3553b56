package org.everytake.render.sound;

/**
 * Keeps a mix below full scale without distortion: the gain goes down before a loud block, comes back within a quarter
 * of a second, and changes in straight lines within blocks. It looks one block ahead, so what goes in comes out one
 * block later. One thread.
 */
final class Limiter {
    static final int BLOCK = 240;

    private static final float CEILING = 32_000;
    private static final float RECOVERY = 0.02f;

    private float[] held = new float[BLOCK];
    private float heldGain = 1;
    private float gainAtStart = 1;

    /** Takes a block of {@link #BLOCK} samples and gives the one before it, as signed 16 bits. */
    void next(float[] block, short[] out) {
        float peak = 0;
        for (float sample : block) {
            peak = Math.max(peak, Math.abs(sample));
        }
        float gain = peak > CEILING ? CEILING / peak : 1;
        float gainAtEnd = Math.min(Math.min(heldGain, gain), gainAtStart + RECOVERY);
        float slope = (gainAtEnd - gainAtStart) / BLOCK;
        for (int i = 0; i < BLOCK; i++) {
            out[i] = round(held[i] * (gainAtStart + slope * i));
        }
        System.arraycopy(block, 0, held, 0, BLOCK);
        heldGain = gain;
        gainAtStart = gainAtEnd;
    }

    /** To the nearest; by way of what is never negative, for which processors have an instruction that takes many at a time. */
    private static short round(float sample) {
        return (short) ((int) (sample + 32_768.5f) - 32_768);
    }
}
