package org.everytake.wire.sdp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.everytake.wire.Malformed;

/**
 * {@code a=fingerprint:sha-256 12:DF:...} (RFC 8122, section 5): the hash of the certificate that its sender will
 * show in DTLS.
 *
 * @param hash such as {@code sha-256}, in lower case
 * @param hex bytes in upper-case hexadecimal with colons between
 */
public record Fingerprint(String hash, String hex) implements SdpAttribute {
    static final String NAME = "fingerprint";
    static final String SHA_256 = "sha-256";
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    static Fingerprint parse(Text text) throws Malformed {
        String hash = text.until(' ').toLowerCase(Locale.ROOT);
        String hex = text.rest().toUpperCase(Locale.ROOT);
        try {
            if (COLONS.parseHex(hex).length < 16) {
                throw text.malformed("too short");
            }
        } catch (IllegalArgumentException e) {
            throw text.malformed("not hexadecimal bytes with colons between");
        }
        return new Fingerprint(hash, hex);
    }

    /** The SHA-256 fingerprint of a certificate in DER. */
    public static Fingerprint sha256(byte[] certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate);
            return new Fingerprint(SHA_256, COLONS.formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a certificate in DER has this fingerprint. Only SHA-256 is believed. */
    public boolean matches(byte[] certificate) {
        return hash.equals(SHA_256) && equals(sha256(certificate));
    }

    @Override
    public String key() {
        return NAME;
    }

    @Override
    public String value() {
        return hash + " " + hex;
    }
}
