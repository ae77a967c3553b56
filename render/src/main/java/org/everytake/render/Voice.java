package org.everytake.render;

import java.util.List;

/** What one person is heard with. */
public record Voice(String person, String name, List<Clip> clips) {
    public Voice {
        clips = List.copyOf(clips);
    }
}
