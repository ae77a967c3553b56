package org.everytake.vault;

/**
 * An object as the store sees it.
 *
 * @param sizeBytes as it lies there: a sealed one is a little larger than what is in it
 */
public record Stored(String name, long sizeBytes) {}
