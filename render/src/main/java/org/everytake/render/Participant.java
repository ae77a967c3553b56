package org.everytake.render;

import java.util.List;

/**
 * One person on a timeline.
 *
 * @param present when they were in the session, in order
 * @param pictures what their camera gave, by session time
 * @param sounds what their microphone gave, by session time
 */
public record Participant(String person, String name, List<Span> present, List<Clip> pictures, List<Clip> sounds) {
    public Participant {
        present = List.copyOf(present);
        pictures = List.copyOf(pictures);
        sounds = List.copyOf(sounds);
    }
}
