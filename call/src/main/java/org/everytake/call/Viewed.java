package org.everytake.call;

/**
 * A picture as somebody sees it.
 *
 * @param person who sends it
 * @param height of the place in which it is shown, in pixels of the screen
 */
public record Viewed(String person, Kind kind, int height) {}
