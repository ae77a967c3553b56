package org.everytake.render.media;

/**
 * A coded picture that can be decoded after those before it.
 *
 * @param timestamp in extended RTP time
 * @param arrivalNanos of its last packet, in session time
 * @param width of the newest key frame
 * @param bytes its own; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, handed on once per frame
public record Picture(long timestamp, long arrivalNanos, boolean keyFrame, int width, int height, byte[] bytes) {}
