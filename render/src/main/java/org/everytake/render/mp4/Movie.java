package org.everytake.render.mp4;

import org.everytake.render.Preset;

/**
 * A file to be written.
 *
 * @param samples of sound that are heard, at 48 kHz; the picture is as long
 */
public record Movie(Preset preset, VideoSamples video, AudioSamples audio, long samples) {
    /** One tick of the picture in its track's time. */
    static final int TICK = 512;

    static final int AUDIO_RATE = 48_000;

    boolean isQuickTime() {
        return preset.container() == Preset.Container.MOV;
    }

    int videoTimescale() {
        return preset.framesPerSecond() * TICK;
    }
}
