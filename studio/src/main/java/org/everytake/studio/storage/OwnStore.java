package org.everytake.studio.storage;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import org.everytake.vault.S3Encryption;
import org.everytake.vault.S3Options;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of an organisation's own, as it is set up; its secret is kept apart.
 *
 * @param revision counts its changes
 */
record OwnStore(UUID id, UUID organisation, Place place, String accessKey, Ways ways, long revision) {

    /**
     * Which one it is, as nobody else has it.
     *
     * @param endpoint empty for AWS's own of the region
     */
    record Place(String endpoint, String bucket, String prefix) {}

    /** How it is spoken to, and what is kept there how. */
    record Ways(
            String region,
            boolean pathStyle,
            @Nullable String storageClass,
            Copies copies,
            @Nullable String kmsKey) {}

    /** Whether files lie there as ordinary tools read them, too, and how S3 encrypts those. */
    enum Copies {
        NONE,
        AES256,
        KMS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is no such word */
        static Copies of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "\"copies\" is \"" + word + "\", but must be none, aes256 or kms."));
        }
    }

    /**
     * For objects that are sealed, which S3 need not encrypt once more.
     *
     * @throws IllegalArgumentException with a sentence, if something in it is wrong
     */
    S3Options sealed(String secret) {
        return options(secret, S3Encryption.NONE);
    }

    /** For those that others shall read; where there are none, the same as for the others. */
    S3Options readable(String secret) {
        String kmsKey = ways.kmsKey();
        return options(
                secret,
                switch (ways.copies()) {
                    case NONE -> S3Encryption.NONE;
                    case AES256 -> S3Encryption.STORE_KEYS;
                    case KMS -> S3Encryption.kmsKey(kmsKey == null ? "" : kmsKey);
                });
    }

    private S3Options options(String secret, S3Encryption encryption) {
        return new S3Options(
                place.endpoint().isEmpty() ? null : URI.create(place.endpoint()),
                ways.region(),
                place.bucket(),
                place.prefix(),
                ways.pathStyle(),
                accessKey,
                secret,
                ways.storageClass(),
                encryption);
    }
}
