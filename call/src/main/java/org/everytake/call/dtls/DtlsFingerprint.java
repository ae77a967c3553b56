package org.everytake.call.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A certificate's fingerprint as in the SDP (RFC 8122).
 *
 * @param hash in small letters, such as {@code sha-256}
 * @param value bytes in capital hexadecimal with colons between
 */
public record DtlsFingerprint(String hash, String value) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    public DtlsFingerprint {
        hash = hash.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }

    static DtlsFingerprint of(byte[] certificate) {
        return new DtlsFingerprint("sha-256", digest("SHA-256", certificate));
    }

    /** Whether the hash is one that we accept: what is weaker than SHA-256 is not. */
    public boolean isSupported() {
        return hash.equals("sha-256") || hash.equals("sha-384") || hash.equals("sha-512");
    }

    boolean matches(byte[] certificate) {
        return isSupported() && digest(hash.toUpperCase(Locale.ROOT), certificate).equals(value);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HEX.formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK lacks " + algorithm, e);
        }
    }
}
