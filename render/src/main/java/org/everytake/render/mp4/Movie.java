package org.everytake.render.mp4;

import java.util.List;
import org.everytake.render.Chapter;
import org.everytake.render.Preset;

/**
 * A file to be written.
 *
 * @param samples of sound that are heard, at 48 kHz; the picture is as long
 * @param chapters places to go to; QuickTime has no room for them
 */
public record Movie(Preset preset, VideoSamples video, AudioSamples audio, long samples, List<Chapter> chapters) {
    public Movie {
        chapters = List.copyOf(chapters);
    }

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
