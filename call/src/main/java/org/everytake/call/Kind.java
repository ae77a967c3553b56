package org.everytake.call;

/** What a source is. */
public enum Kind {
    MICROPHONE(false),
    CAMERA(true),
    SCREEN(true),
    MEDIA(true);

    private final boolean video;

    Kind(boolean video) {
        this.video = video;
    }

    public boolean isVideo() {
        return video;
    }
}
