package org.everytake.render;

import java.util.List;

/**
 * What one person is heard with.
 *
 * @param channel in which, from 0
 */
public record Voice(String person, String name, int channel, List<Clip> clips) {
    public Voice {
        clips = List.copyOf(clips);
    }
}
