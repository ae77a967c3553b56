package org.everytake.wire.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code a=setup:actpass} (RFC 8842): who opens the DTLS connection. */
public enum Setup implements SdpAttribute {
    /** Opens it: the DTLS client. */
    ACTIVE,
    /** Waits for it: the DTLS server. */
    PASSIVE,
    /** Either; the answer chooses. */
    ACTPASS;

    static final String NAME = "setup";

    static @Nullable Setup named(@Nullable String value) {
        for (Setup setup : values()) {
            if (setup.value().equals(value)) {
                return setup;
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
        return name().toLowerCase(Locale.ROOT);
    }
}
