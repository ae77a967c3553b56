package org.everytake.render.remux;

/**
 * Opus packets of nothing, for what a file has no sound of: CELT frames (RFC 6716, section 4.3) whose first symbol says
 * silence, which every decoder takes after whatever was before.
 */
final class Silence {
    /** Every length is a multiple of that: 2.5 ms at 48 kHz. */
    static final int GRAIN_SAMPLES = 120;

    /** The range coder reads "silence" of these bytes, however long the frame is. */
    private static final byte FIRST = (byte) 0xFF;

    private static final byte SECOND = (byte) 0xFE;

    /** Full band, 2.5 ms; the three above it last twice as long each (section 3.1). */
    private static final int SHORTEST_CONFIG = 28;

    private static final int LONGEST_FRAME_SAMPLES = 960;
    private static final int FRAMES_AT_ONCE = 6;

    private Silence() {}

    /** The longest that one packet may last: six frames of 20 ms. */
    static final int LONGEST_SAMPLES = FRAMES_AT_ONCE * LONGEST_FRAME_SAMPLES;

    /** The length of the longest packet that is not longer than this, at least {@link #GRAIN_SAMPLES}. */
    static int fitting(long samples) {
        if (samples >= LONGEST_SAMPLES) {
            return LONGEST_SAMPLES;
        }
        int frame = LONGEST_FRAME_SAMPLES;
        while (frame > GRAIN_SAMPLES && frame > samples) {
            frame /= 2;
        }
        return frame;
    }

    /** @param samples what {@link #fitting} gave */
    static byte[] packet(int samples) {
        if (samples == LONGEST_SAMPLES) {
            byte[] packet = new byte[2 + 2 * FRAMES_AT_ONCE];
            packet[0] = (byte) (SHORTEST_CONFIG + 3 << 3 | 3); // a count follows
            packet[1] = FRAMES_AT_ONCE;
            for (int i = 2; i < packet.length; i += 2) {
                packet[i] = FIRST;
                packet[i + 1] = SECOND;
            }
            return packet;
        }
        int config = SHORTEST_CONFIG + Integer.numberOfTrailingZeros(samples / GRAIN_SAMPLES);
        return new byte[] {(byte) (config << 3), FIRST, SECOND};
    }
}
