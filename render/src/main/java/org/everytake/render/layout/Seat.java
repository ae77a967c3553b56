package org.everytake.render.layout;

import org.everytake.render.Rect;

/**
 * A place on the canvas that somebody has.
 *
 * @param fills whether a camera fills it and loses what does not fit
 */
public record Seat<T>(T who, Rect at, boolean fills) {}
