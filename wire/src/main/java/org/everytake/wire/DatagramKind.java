package org.everytake.wire;

/**
 * What a datagram on a multiplexed WebRTC port is, told by its first byte (RFC 7983, section 7) and, between
 * RTP and RTCP, by its second (RFC 5761, section 4).
 *
 * <pre>
 *                +----------------+
 *                |        [0..3] -+--> STUN
 *  first byte -->|      [20..63] -+--> DTLS
 *                |    [128..191] -+--> RTP, or RTCP if the second byte is [192..223]
 *                +----------------+    anything else is dropped
 * </pre>
 */
public enum DatagramKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    /** Looks at the first two bytes only; says nothing about whether the rest is well formed. */
    public static DatagramKind of(byte[] buffer, int offset, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        int first = buffer[offset] & 0xFF;
        if (first < 4) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return DTLS;
        }
        if (first >= 128 && first <= 191) {
            int second = buffer[offset + 1] & 0xFF;
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        return UNKNOWN;
    }
}
