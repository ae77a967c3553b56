package org.everytake.render;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A place in a film that people may want to go to.
 *
 * @param nanos session time
 * @param happenings what happens there, at least one; those that follow within two seconds share it
 */
public record Chapter(long nanos, List<Happening> happenings) {
    public Chapter {
        happenings = List.copyOf(happenings);
    }

    /** What can happen. */
    public enum Kind {
        /** The recording begins. */
        START,
        /** It goes on after the server itself was away. */
        PART,
        JOINED,
        LEFT,
        SCREEN_BEGINS,
        SCREEN_ENDS
    }

    /** @param of the person's name; of a part its number, from 2; empty of the start */
    public record Happening(Kind kind, String of) {
        /** In English, as what is written in films. */
        String words() {
            return switch (kind) {
                case START -> "Start";
                case PART -> "Part " + of;
                case JOINED -> of + " joins";
                case LEFT -> of + " leaves";
                case SCREEN_BEGINS -> of + " shows a screen";
                case SCREEN_ENDS -> "The screen of " + of + " ends";
            };
        }
    }

    /** What it is called in files. */
    public String title() {
        return happenings.stream().map(Happening::words).collect(Collectors.joining(", "));
    }
}
