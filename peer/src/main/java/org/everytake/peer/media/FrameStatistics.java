package org.everytake.peer.media;

/**
 * What could be shown or heard of one stream so far.
 *
 * @param whole frames handed out: whole pictures that can be decoded, or audio frames
 * @param redundant audio frames among them that only a later packet's RED gave
 * @param lost audio frames that neither packet, RED nor retransmission gave; of video, how often a key frame was needed
 *     because something was lost
 * @param longestGapNanos the longest time from one whole frame to the next
 * @param lastNanos when the last one was whole, by the network's time; {@link Long#MIN_VALUE} before the first
 * @param width in pixels, of the last key frame; 0 before the first, and of audio
 * @param height as the width
 */
public record FrameStatistics(
        long whole, long redundant, long lost, long longestGapNanos, long lastNanos, int width, int height) {}
