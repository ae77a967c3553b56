package org.everytake.wire.vp8;

/**
 * A whole VP8 frame.
 *
 * @param rtpTimestamp 0 to 2^32-1, 90 kHz
 * @param width in pixels; of a frame that is no key frame that of the last key frame, 0 before the first
 * @param height as the width
 * @param pictureId -1 if the sender gives none
 * @param firstSequence the extended sequence number of its first packet
 * @param lastSequence of its last packet
 * @param bytes as an encoder made them
 */
public record Vp8Frame(
        long rtpTimestamp,
        boolean keyFrame,
        int width,
        int height,
        int pictureId,
        long firstSequence,
        long lastSequence,
        byte[] bytes) {}
