package org.everytake.tape.read;

/**
 * A packet as it was appended.
 *
 * @param stream of the take
 * @param sequence the stream's extended number
 * @param stampNanos arrival, since the recording's zero
 * @param bytes the record's own; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, handed on once per packet
public record TapeRecord(int stream, long sequence, long stampNanos, byte[] bytes) {}
