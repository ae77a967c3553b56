package org.everytake.render;

/** Somebody has the floor: they speak, or spoke last. */
public record Floor(String person, Span span) {}
