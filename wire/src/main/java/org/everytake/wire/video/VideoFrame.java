package org.everytake.wire.video;

/**
 * A whole coded picture.
 *
 * @param rtpTimestamp 0 to 2^32-1, 90 kHz
 * @param keyFrame whether decoding can begin with it
 * @param width in pixels; of a frame that is no key frame that of the last key frame, 0 before the first
 * @param height as the width
 * @param firstSequence the extended sequence number of its first packet
 * @param lastSequence of its last packet
 * @param bytes as decoders take them: VP8 as it is, VP9 with a superframe index where it has several layers, H.264 with
 *     start codes (its annex B), AV1 as a temporal unit whose OBUs have sizes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, handed on once per frame
public record VideoFrame(
        long rtpTimestamp,
        boolean keyFrame,
        int width,
        int height,
        long firstSequence,
        long lastSequence,
        byte[] bytes) {}
