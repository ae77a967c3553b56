package org.everytake.tape.read;

import java.util.Arrays;

/**
 * A packet as it was appended. Its bytes lie among those of its batch, which stays in memory as long as this does.
 *
 * @param stream of the take
 * @param sequence the stream's extended number
 * @param stampNanos arrival, since the recording's zero
 * @param buffer not to be changed; {@code length} bytes of it count, from {@code offset} on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, handed on once per packet
public record TapeRecord(int stream, long sequence, long stampNanos, byte[] buffer, int offset, int length) {
    /** A copy of the packet, for whoever keeps it. */
    public byte[] bytes() {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }
}
