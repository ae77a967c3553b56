package org.everytake.tape;

import java.util.Objects;

/**
 * One SSRC epoch of a take.
 *
 * @param stream the number that records of this stream carry, 0 to 65535, never used for another SSRC of the take
 * @param ssrc unsigned 32 bits
 * @param mid the media description's id (RFC 8843), empty if unknown
 * @param rid the simulcast layer's id (RFC 8851), empty if there is none
 */
public record StreamDescription(int stream, long ssrc, String mid, String rid) {
    public StreamDescription {
        if (stream < 0 || stream > 0xFFFF) {
            throw new IllegalArgumentException("stream " + stream + " is not within 0 to 65535");
        }
        if (ssrc < 0 || ssrc > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("SSRC " + ssrc + " is not an unsigned 32-bit number");
        }
        Objects.requireNonNull(mid);
        Objects.requireNonNull(rid);
    }
}
