package org.everytake.render.mp3;

import org.everytake.render.sound.CodedSound;

/**
 * What an encoder made: MP3 frames, back to back.
 *
 * @param header of the first frame
 * @param kilobitsPerSecond of every frame
 * @param checksum of all of them, as an information frame wants it
 */
public record Mp3Frames(int header, int kilobitsPerSecond, long count, long bytes, int checksum) implements CodedSound {
    /** Samples of one frame at 48 kHz. */
    static final int FRAME_SAMPLES = 1152;

    /** What LAME puts before the first sample. */
    static final int ENCODER_DELAY = 576;

    /** What every decoder adds before its first sample (the synthesis filter's 528, and one). */
    static final int DECODER_DELAY = 529;

    @Override
    public long coveredSamples() {
        return count * FRAME_SAMPLES - ENCODER_DELAY - DECODER_DELAY;
    }
}
