package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;

/**
 * {@code a=rid:h send max-width=1280} (RFC 8851).
 *
 * @param direction {@code send} or {@code recv}
 * @param restrictions the rest of the line as it came; empty if nothing
 */
public record Rid(String id, String direction, String restrictions) implements SdpAttribute {
    static final String NAME = "rid";

    static Rid parse(Text text) throws Malformed {
        String id = text.until(' ');
        String direction = text.contains(' ') ? text.until(' ') : text.rest();
        if (!direction.equals("send") && !direction.equals("recv")) {
            throw text.malformed("neither send nor recv");
        }
        return new Rid(id, direction, text.isEmpty() ? "" : text.rest());
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return id + " " + direction + (restrictions.isEmpty() ? "" : " " + restrictions);
    }
}
