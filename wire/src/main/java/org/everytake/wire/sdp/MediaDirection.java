package org.everytake.wire.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code a=sendrecv} and its kin (RFC 8866, section 6.7). */
public enum MediaDirection implements SdpAttribute {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    static @Nullable MediaDirection named(String name) {
        for (MediaDirection direction : values()) {
            if (direction.key().equals(name)) {
                return direction;
            }
        }
        return null;
    }

    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    /** What the other side of this direction says. */
    public MediaDirection reversed() {
        return switch (this) {
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case SENDRECV, INACTIVE -> this;
        };
    }

    @Override
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable String value() {
        return null;
    }
}
