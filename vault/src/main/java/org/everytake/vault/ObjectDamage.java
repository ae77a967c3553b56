package org.everytake.vault;

/**
 * A part of an object that cannot be read; the others can.
 *
 * @param offset in bytes from the start of the object as it lies in the store
 * @param what words without a stop
 */
public record ObjectDamage(long offset, String what) {}
