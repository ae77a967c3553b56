package org.everytake.studio.signal;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs the passes that make whoever returns to a room the same person, and knows its own again. Nobody need remember
 * them, so they outlive the server that gave them. A pass is
 *
 * <pre>v1.{base64url of session, person, role, expiry in seconds of Unix time}.{base64url of HMAC-SHA256 over all before}</pre>
 *
 * <p>Any thread.
 */
public final class Passes {
    /** For how long after the last joining somebody may return. */
    static final Duration GOOD_FOR = Duration.ofHours(12);

    private static final String VERSION = "v1";
    private static final String ALGORITHM = "HmacSHA256";
    private static final char BETWEEN = '.';
    private static final String WITHIN = " ";

    private final SecretKeySpec key;
    private final InstantSource clock;

    /** Whose pass it is. */
    record Pass(String person, RoomRole role) {}

    /** @param key 32 bytes, for this alone */
    public Passes(byte[] key, InstantSource clock) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = clock;
    }

    /** @param session neither it nor {@code person} holds a space */
    String issue(String session, String person, RoomRole role) {
        long expiry = clock.instant().plus(GOOD_FOR).getEpochSecond();
        String said = String.join(WITHIN, session, person, role.name(), String.valueOf(expiry));
        String signed = VERSION + BETWEEN + text(said.getBytes(StandardCharsets.UTF_8));
        return signed + BETWEEN + text(mac(signed));
    }

    /** Whose pass of this session it is; empty if it is not ours, of another session, or too old. */
    Optional<Pass> read(String session, @Nullable String shown) {
        int end = shown == null ? -1 : shown.lastIndexOf(BETWEEN);
        if (shown == null || end < 0 || !shown.startsWith(VERSION + BETWEEN)) {
            return Optional.empty();
        }
        String signed = shown.substring(0, end);
        try {
            byte[] mac = Base64.getUrlDecoder().decode(shown.substring(end + 1));
            if (!MessageDigest.isEqual(mac, mac(signed))) {
                return Optional.empty();
            }
            byte[] said = Base64.getUrlDecoder().decode(signed.substring(VERSION.length() + 1));
            String[] parts = new String(said, StandardCharsets.UTF_8).split(WITHIN, -1);
            Instant expiry = Instant.ofEpochSecond(Long.parseLong(parts[3]));
            return parts[0].equals(session) && clock.instant().isBefore(expiry)
                    ? Optional.of(new Pass(parts[1], RoomRole.valueOf(parts[2])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no base64: what we have signed ourselves can be read
        }
    }

    private byte[] mac(String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
