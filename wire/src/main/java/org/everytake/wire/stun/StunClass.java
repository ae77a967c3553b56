package org.everytake.wire.stun;

/** What a STUN message is for; the two class bits of its type (RFC 8489, section 5). */
public enum StunClass {
    REQUEST,
    INDICATION,
    SUCCESS,
    ERROR
}
