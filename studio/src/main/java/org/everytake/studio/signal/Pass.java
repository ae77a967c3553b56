package org.everytake.studio.signal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The proof that a client is the person who joined before: 256 random bits as URL-safe text. The server keeps only the
 * hash, so that what lies in its memory or in a dump of it opens no room.
 */
final class Pass {
    private static final int BYTES = 32;

    private Pass() {}

    /** {@code random} must be a cryptographic one. */
    static String create(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Hash hash(String pass) {
        try {
            return new Hash(MessageDigest.getInstance("SHA-256").digest(pass.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A key of a map; equality takes the same time wherever two hashes first differ. */
    static final class Hash {
        private final byte[] bytes;

        private Hash(byte[] bytes) {
            this.bytes = bytes;
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
