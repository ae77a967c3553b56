package org.everytake.vault;

/** 256 secret bits that one recording's tape, masters or renditions are sealed with. Prints nothing of itself. */
public final class DataKey {
    /** Length of a key in bytes. */
    public static final int BYTES = 32;

    private final byte[] secret;

    private DataKey(byte[] secret) {
        this.secret = secret;
    }

    /** A key of a copy of these 32 bytes. */
    public static DataKey of(byte[] secret) {
        if (secret.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + secret.length);
        }
        return new DataKey(secret.clone());
    }

    /** A copy of the secret. */
    public byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "DataKey";
    }
}
