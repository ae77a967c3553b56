package org.everytake.render;

import java.util.List;
import org.everytake.render.sound.Waveform;

/**
 * What is known of a film beside it, for those who look for a place in it.
 *
 * @param chapters in order, the first at zero
 */
public record Outline(List<Chapter> chapters, long durationNanos, Waveform waveform) {
    public Outline {
        chapters = List.copyOf(chapters);
    }
}
