package org.everytake.tape;

/** What kind of thing a participant's source is. */
public enum Kind {
    MICROPHONE,
    CAMERA,
    SCREEN,
    MEDIA
}
