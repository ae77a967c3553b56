package org.everytake.tape;

/** The secret 256 bits that a recording's tape is sealed with. Prints nothing of itself. */
public final class TapeKey {
    /** Length of a key in bytes. */
    public static final int BYTES = 32;

    private final byte[] secret;

    private TapeKey(byte[] secret) {
        this.secret = secret;
    }

    /** A key of a copy of these 32 bytes. */
    public static TapeKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a tape key has " + BYTES + " bytes, not " + secret.length);
        }
        return new TapeKey(secret.clone());
    }

    /** A copy of the secret, for whoever derives from it or wraps it. */
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "TapeKey";
    }
}
