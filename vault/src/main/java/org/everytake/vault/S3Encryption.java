package org.everytake.vault;

/** How S3 itself is to encrypt what is put: for objects that others must be able to read there with ordinary tools. */
public sealed interface S3Encryption {

    /** Nothing is asked for: sealed objects need nothing, and the bucket may have a rule of its own. */
    record None() implements S3Encryption {}

    /** SSE-S3: AES-256, with keys that the store keeps. */
    record StoreKeys() implements S3Encryption {}

    /** SSE-KMS: with a key in the key management service beside the store. */
    record KmsKey(String keyId) implements S3Encryption {
        public KmsKey {
            if (keyId.isBlank()) {
                throw new IllegalArgumentException("The id of the KMS key is empty.");
            }
        }
    }

    S3Encryption NONE = new None();
    S3Encryption STORE_KEYS = new StoreKeys();

    static S3Encryption kmsKey(String keyId) {
        return new KmsKey(keyId);
    }
}
