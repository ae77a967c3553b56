package org.everytake.render.layout;

/** What an area may show. */
public enum Shown {
    /** What people share of their screens, in the order in which they came. */
    SCREENS,
    /** Whoever speaks, or spoke last. */
    SPEAKER,
    /** Everybody who is there, in the order in which they came. */
    PEOPLE
}
