package org.everytake.studio.library;

import java.util.Locale;

/** What is shown and what is recorded in a session. */
public enum SessionMode {
    /** Sound and picture are shown and recorded. */
    VIDEO,
    /** Cameras are shown, and only sound is recorded. */
    AUDIO_SHOW_VIDEO,
    /** There are no cameras. */
    AUDIO_NO_VIDEO;

    public boolean recordsPicture() {
        return this == VIDEO;
    }

    public boolean showsCameras() {
        return this != AUDIO_NO_VIDEO;
    }

    /** As the API and the database spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such mode */
    public static SessionMode of(String word) {
        for (SessionMode mode : values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode: " + word);
    }
}
