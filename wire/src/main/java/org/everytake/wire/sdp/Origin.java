package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;

/**
 * {@code o=- 4611731400430051336 2 IN IP4 127.0.0.1} (RFC 8866, section 5.2).
 *
 * @param sessionId digits, at most 20
 * @param sessionVersion grows with each description of a session
 */
public record Origin(
        String username,
        String sessionId,
        long sessionVersion,
        String networkType,
        String addressType,
        String address) {

    /** An origin that tells nothing about its host. */
    public static Origin of(long sessionId, long sessionVersion) {
        return new Origin("-", Long.toUnsignedString(sessionId), sessionVersion, "IN", "IP4", "127.0.0.1");
    }

    static Origin parse(Text text) throws Malformed {
        return new Origin(
                text.until(' '),
                text.until(' '),
                text.number(' ', 0, Long.MAX_VALUE),
                text.until(' '),
                text.until(' '),
                text.rest());
    }

    String line() {
        return "o=" + username + " " + sessionId + " " + sessionVersion + " " + networkType + " " + addressType + " "
                + address;
    }
}
