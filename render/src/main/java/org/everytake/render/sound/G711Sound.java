package org.everytake.render.sound;

/**
 * PCMU and PCMA (ITU-T G.711; RFC 3551, sections 4.5.14), a byte a sample at 8 kHz, brought to 48 kHz through a low pass, so
 * that nothing is heard above what a telephone carries. A loss repeats what was before, fading out. One thread.
 */
final class G711Sound implements SoundDecoder {
    static final int CLOCK_RATE = 8000;

    private static final int FACTOR = RATE / CLOCK_RATE;
    private static final int TAPS = 16;

    /** For each of the samples between two, the weights of the sixteen around it: a sine over its angle, windowed. */
    private static final float[][] WEIGHTS = weights();

    private static final int FADE = RATE / 25;

    private final short[] table;
    private final float[] history = new float[TAPS];
    private final short[] last = new short[RATE / 50];
    private int concealed;

    private G711Sound(short[] table) {
        this.table = table;
    }

    static G711Sound muLaw() {
        short[] table = new short[256];
        for (int code = 0; code < 256; code++) {
            int bits = ~code & 0xFF;
            int magnitude = ((bits & 0x0F) * 2 + 33 << (bits >>> 4 & 7)) - 33;
            table[code] = (short) ((bits & 0x80) != 0 ? -4 * magnitude : 4 * magnitude);
        }
        return new G711Sound(table);
    }

    static G711Sound aLaw() {
        short[] table = new short[256];
        for (int code = 0; code < 256; code++) {
            int bits = code ^ 0x55;
            int segment = bits >>> 4 & 7;
            int mantissa = (bits & 0x0F) * 2 + 1;
            int magnitude = segment == 0 ? mantissa : mantissa + 32 << segment - 1;
            table[code] = (short) ((bits & 0x80) != 0 ? 8 * magnitude : -8 * magnitude);
        }
        return new G711Sound(table);
    }

    @Override
    public int lookAhead() {
        return TAPS / 2 * FACTOR;
    }

    @Override
    public int smallestFrame() {
        return FACTOR;
    }

    @Override
    public int duration(byte[] buffer, int offset, int length) {
        return Math.min(length * FACTOR, MOST_SAMPLES);
    }

    @Override
    public int decode(byte[] buffer, int offset, int length, short[] samples) {
        int count = duration(buffer, offset, length);
        for (int i = 0; i < count / FACTOR; i++) {
            System.arraycopy(history, 1, history, 0, TAPS - 1);
            history[TAPS - 1] = table[buffer[offset + i] & 0xFF];
            for (int phase = 0; phase < FACTOR; phase++) {
                samples[i * FACTOR + phase] = filtered(WEIGHTS[phase]);
            }
        }
        if (count >= last.length) {
            System.arraycopy(samples, count - last.length, last, 0, last.length);
        }
        concealed = 0;
        return count;
    }

    private short filtered(float[] weights) {
        float sum = 0;
        for (int tap = 0; tap < TAPS; tap++) {
            sum += weights[tap] * history[tap];
        }
        return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public int conceal(short[] samples, int count) {
        for (int i = 0; i < count; i++, concealed++) {
            samples[i] = (short) (last[concealed % last.length] * Math.max(0, FADE - concealed) / FADE);
        }
        return count;
    }

    @Override
    public int repair(byte[] buffer, int offset, int length, short[] samples, int count) {
        return conceal(samples, count);
    }

    private static float[][] weights() {
        float[][] weights = new float[FACTOR][TAPS];
        for (int phase = 0; phase < FACTOR; phase++) {
            for (int tap = 0; tap < TAPS; tap++) {
                double at = tap - (TAPS / 2 - 1) - (double) phase / FACTOR;
                double window = 0.5 + 0.5 * Math.cos(Math.PI * at / (TAPS / 2.0));
                double sine = at == 0 ? 1 : Math.sin(Math.PI * at) / (Math.PI * at);
                weights[phase][tap] = (float) (sine * window);
            }
        }
        return weights;
    }
}
