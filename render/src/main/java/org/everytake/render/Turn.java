package org.everytake.render;

/** From a moment of session time on pictures have an orientation. */
public record Turn(long nanos, Orientation orientation) {}
