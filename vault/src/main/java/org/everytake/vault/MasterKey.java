package org.everytake.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that wraps all others. Whoever loses it loses every recording, so it belongs into a backup of its own. Prints
 * its id, never itself.
 */
final class MasterKey {
    private static final int ID_BYTES = 8;
    private static final String ID_LABEL = "everytake master key id 1";

    private final SecretKey key;
    private final byte[] id;

    private MasterKey(byte[] secret) {
        this.key = new SecretKeySpec(secret, "AES");
        this.id = idOf(secret);
    }

    /**
     * A key given as Base64 text of 32 bytes.
     *
     * @param origin where it is from, for messages
     */
    static MasterKey ofText(String base64, String origin) throws KeyFault {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new KeyFault("The master key in " + origin + " is not Base64 text.", e);
        }
        if (secret.length != DataKey.BYTES) {
            throw new KeyFault("The master key in " + origin + " has " + secret.length + " bytes; it must have "
                    + DataKey.BYTES + ".");
        }
        return new MasterKey(secret);
    }

    static MasterKey create(RandomGenerator random) {
        byte[] secret = new byte[DataKey.BYTES];
        random.nextBytes(secret);
        return new MasterKey(secret);
    }

    /** The key itself, in Base64. */
    String text() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    SecretKey key() {
        return key;
    }

    byte[] id() {
        return id.clone();
    }

    @Override
    public String toString() {
        return "master key " + name(id);
    }

    static String name(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    /** Says which key it is and nothing else of it. */
    private static byte[] idOf(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(ID_LABEL.getBytes(StandardCharsets.US_ASCII)), ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks HMAC-SHA256", e);
        }
    }
}
