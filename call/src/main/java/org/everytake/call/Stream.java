package org.everytake.call;

/**
 * One SSRC epoch of a track.
 *
 * @param index counts a track's streams from 0
 * @param ssrc unsigned, 32 bits
 * @param mid the media section that it belongs to
 * @param rid the simulcast layer (RFC 8851); empty if there is only one
 */
public record Stream(int index, long ssrc, String mid, String rid) {}
