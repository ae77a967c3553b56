package org.everytake.peer;

import java.util.Locale;
import org.everytake.peer.clip.Encoding;

/** By which numbers a peer calls encodings in its offers, as Chromium does. */
final class PayloadTypes {
    static final int RED = 63;

    private PayloadTypes() {}

    static int of(Encoding encoding) {
        return switch (encoding.name().toUpperCase(Locale.ROOT)) {
            case "OPUS" -> 111;
            case "PCMU" -> 0;
            case "PCMA" -> 8;
            case "VP8" -> 96;
            case "VP9" -> 98;
            case "H264" -> 102;
            case "AV1" -> 45;
            default -> throw new IllegalArgumentException("no payload type for " + encoding.name());
        };
    }

    /** Of the retransmissions of an encoding of video. */
    static int retransmissionOf(Encoding encoding) {
        return of(encoding) + 1;
    }
}
