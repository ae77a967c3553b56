package org.everytake.studio.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** 256 random bits that open something for whoever shows them. The server keeps only their hash. */
public final class Secret {
    private static final int BYTES = 32;

    private Secret() {}

    /** A new one, as URL-safe text of 43 characters. */
    public static String create(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static Hash hash(String secret) {
        try {
            return new Hash(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The SHA-256 of a secret. That it is found by equality tells nobody anything: it cannot be aimed at. */
    public static final class Hash {
        private final byte[] bytes;

        private Hash(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Its 32 bytes, a copy. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Hash hash && MessageDigest.isEqual(bytes, hash.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
