package org.everytake.wire.sdp;

import org.everytake.wire.Malformed;
import org.jspecify.annotations.Nullable;

/**
 * {@code a=fmtp:111 minptime=10;useinbandfec=1} (RFC 8866, section 6.15).
 *
 * @param payloadType 0 to 127
 * @param parameters as they came
 */
public record Fmtp(int payloadType, String parameters) implements SdpAttribute {
    static final String NAME = "fmtp";

    static Fmtp parse(Text text) throws Malformed {
        return new Fmtp(text.integer(' ', 0, 127), text.rest());
    }

    /** The value of one parameter, or null if it is not there; names are compared without case. */
    public @Nullable String get(String parameter) {
        for (String pair : parameters.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(parameter)) {
                return pair.substring(equals + 1).strip();
            }
        }
        return null;
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return payloadType + " " + parameters;
    }
}
