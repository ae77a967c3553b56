package org.everytake.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
public final class MasterKey {
    private static final int ID_BYTES = 8;
    private static final String ID_LABEL = "everytake master key id 1";

    private final SecretKey key;
    private final byte[] id;
    private final String origin;

    private MasterKey(byte[] secret, String origin) {
        this.key = new SecretKeySpec(secret, "AES");
        this.id = idOf(secret);
        this.origin = origin;
    }

    /**
     * A key given as Base64 text of 32 bytes, as from a setting or the environment.
     *
     * @param origin what to call it in messages
     */
    public static MasterKey ofText(String base64, String origin) throws KeyFault {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new KeyFault("The master key in " + origin + " is not Base64 text.", e);
        }
        if (secret.length != DataKey.BYTES) {
            throw new KeyFault("The master key in " + origin + " has " + secret.length + " bytes; it must have "
                    + DataKey.BYTES + ".");
        }
        return new MasterKey(secret, origin);
    }

    /** The key in a file. */
    static MasterKey read(Path file) throws IOException, KeyFault {
        return ofText(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
    }

    /** A new key in a new file that only its owner may read. */
    static MasterKey create(Path file, RandomGenerator random) throws IOException {
        byte[] secret = new byte[DataKey.BYTES];
        random.nextBytes(secret);
        Folders.create(Folders.folderOf(file));
        String text = Base64.getEncoder().encodeToString(secret) + "\n";
        Folders.writeSecret(file, text.getBytes(StandardCharsets.US_ASCII));
        return new MasterKey(secret, file.toString());
    }

    SecretKey key() {
        return key;
    }

    byte[] id() {
        return id.clone();
    }

    boolean hasId(byte[] other) {
        return Arrays.equals(id, other);
    }

    @Override
    public String toString() {
        return "master key " + name(id) + " from " + origin;
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
