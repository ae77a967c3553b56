package org.everytake.render.mp4;

/**
 * A coded picture, H.264 with lengths before its units.
 *
 * @param bytes not to be changed
 * @param ticks for how many it is shown
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, handed on once
public record CodedPicture(byte[] bytes, boolean key, long ticks) {}
