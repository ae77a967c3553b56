package org.everytake.vault;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What S3 calls a state of an object. It is the MD5 of its bytes, or of the MD5s of its parts, unless the store encrypts
 * with a KMS or makes its own; so it may confirm what was sent, and can contradict it only where it is known to be an MD5.
 */
final class ETag {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");

    private ETag() {}

    /** Without the quotes, which not every server puts around it everywhere. */
    static String bare(@Nullable String eTag) {
        return eTag == null ? "" : eTag.replace("\"", "");
    }

    static boolean same(@Nullable String one, @Nullable String other) {
        return bare(one).equals(bare(other));
    }

    /** Whether it is the one of these bytes; a store that makes its own leaves this false. */
    static boolean confirms(@Nullable String eTag, byte[] md5) {
        return bare(eTag).equals(HexFormat.of().formatHex(md5));
    }

    /**
     * Whether it says that the store has other bytes.
     *
     * @param encryption how the store says it has encrypted, if at all
     */
    static boolean contradicts(@Nullable String eTag, byte[] md5, @Nullable String encryption) {
        boolean isMd5 = MD5.matcher(bare(eTag)).matches() && (encryption == null || encryption.equals("AES256"));
        return isMd5 && !confirms(eTag, md5);
    }

    /** What an object of these parts has, or an empty text if the parts' are no MD5s. */
    static String ofParts(List<String> eTags) {
        MessageDigest digest = md5();
        for (String eTag : eTags) {
            String bare = bare(eTag);
            if (!MD5.matcher(bare).matches()) {
                return "";
            }
            digest.update(HexFormat.of().parseHex(bare));
        }
        return HexFormat.of().formatHex(digest.digest()) + "-" + eTags.size();
    }

    static byte[] md5(Payload payload) throws IOException {
        MessageDigest digest = md5();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = payload.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return digest.digest();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks MD5", e);
        }
    }
}
