package org.everytake.render.flac;

import org.everytake.render.sound.CodedSound;

/**
 * What an encoder made: FLAC frames, back to back.
 *
 * @param streamInfo as it says of itself before the first frame, 34 bytes
 * @param coveredSamples how many they hold
 * @param smallest frame, in bytes
 * @param largest frame, in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once
public record FlacFrames(byte[] streamInfo, long coveredSamples, int smallest, int largest, long bytes)
        implements CodedSound {}
