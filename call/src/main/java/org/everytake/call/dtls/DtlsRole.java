package org.everytake.call.dtls;

/** Who says hello: {@code a=setup:active} is the client (RFC 8842). */
public enum DtlsRole {
    CLIENT,
    SERVER
}
