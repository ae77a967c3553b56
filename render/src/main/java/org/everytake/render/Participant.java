package org.everytake.render;

import java.util.List;

/**
 * One person on a timeline.
 *
 * @param present when they were in the session, in order
 * @param muted when their microphone was
 * @param pictures what their camera gave, by session time
 * @param screens what they showed of their screen, by session time
 * @param sounds what their microphone gave, by session time
 * @param undecoded what they sent and nobody can see or hear
 */
public record Participant(
        String person,
        String name,
        List<Span> present,
        List<Span> muted,
        List<Clip> pictures,
        List<Clip> screens,
        List<Clip> sounds,
        List<Undecoded> undecoded) {
    public Participant {
        present = List.copyOf(present);
        muted = List.copyOf(muted);
        pictures = List.copyOf(pictures);
        screens = List.copyOf(screens);
        sounds = List.copyOf(sounds);
        undecoded = List.copyOf(undecoded);
    }
}
