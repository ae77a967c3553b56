package org.everytake.tape.read;

/**
 * Something on the tape that cannot be read; everything else can.
 *
 * @param segment the segment's name
 * @param offset in bytes from the segment's start
 * @param what a sentence
 */
public record Damage(String segment, long offset, String what) {}
