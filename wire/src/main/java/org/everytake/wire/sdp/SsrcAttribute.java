package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=ssrc:1234 cname:abc} (RFC 5576, section 4.1).
 *
 * @param attribute such as {@code cname} or {@code msid}
 * @param attributeValue null in an attribute that is only a name
 */
public record SsrcAttribute(
        long ssrc, String attribute, @Nullable String attributeValue) implements SdpAttribute {
    static final String NAME = "ssrc";

    static SsrcAttribute parse(Text text) throws Malformed {
        long ssrc = text.number(' ', 0, 0xFFFFFFFFL);
        return text.contains(':')
                ? new SsrcAttribute(ssrc, text.until(':'), text.rest())
                : new SsrcAttribute(ssrc, text.rest(), null);
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return ssrc + " " + attribute + (attributeValue == null ? "" : ":" + attributeValue);
    }
}
