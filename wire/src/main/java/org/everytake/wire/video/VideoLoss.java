package org.everytake.wire.video;

/**
 * Packets that did not come, or came and were no whole frame.
 *
 * @param firstSequence extended sequence number of the first packet that is missing or unusable
 * @param lastSequence of the last one
 * @param missingPackets how many never came; 0 if they came but are unusable
 * @param frameLost whether a frame is, or may be, lost, so that what follows cannot be decoded until the next key
 *     frame; false only where picture ids show that the missing packets held none that others need
 */
public record VideoLoss(long firstSequence, long lastSequence, long missingPackets, boolean frameLost) {}
