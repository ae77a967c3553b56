package org.everytake.wire.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An {@code a=} line: {@code a=name} or {@code a=name:value}. What is not read here is a {@link RawAttribute}, so
 * that a description prints as it came, in the order in which it came.
 */
public sealed interface SdpAttribute
        permits RtpMap,
                Fmtp,
                RtcpFeedback,
                ExtMap,
                IceCandidate,
                Fingerprint,
                Setup,
                MediaDirection,
                SsrcAttribute,
                SsrcGroup,
                Msid,
                Group,
                Rid,
                Simulcast,
                RawAttribute {

    /** The name before the colon. */
    String key();

    /** What follows the colon, null in an attribute that is only a name. */
    @Nullable
    String value();

    /** The line without its end. */
    default String line() {
        String value = value();
        return value == null ? "a=" + key() : "a=" + key() + ":" + value;
    }
}
