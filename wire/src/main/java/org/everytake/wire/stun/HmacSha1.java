package org.everytake.wire.stun;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA1 as MESSAGE-INTEGRITY wants it (RFC 8489, section 14.5). */
final class HmacSha1 {
    private static final String ALGORITHM = "HmacSHA1";

    /** Looking for who provides it takes longer than the sum itself. */
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(HmacSha1::make);

    private HmacSha1() {}

    private static Mac make() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    static byte[] of(byte[] key, byte[] message, int length) {
        if (key.length == 0) {
            throw new IllegalArgumentException("empty key");
        }
        try {
            Mac mac = MACS.get();
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(message, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of bytes is legal", e);
        }
    }

    /** In a time that does not depend on where they differ. */
    static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }
}
