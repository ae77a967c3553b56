package org.everytake.studio.people;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;

/**
 * Hashes passwords with argon2id (RFC 9106), by the parameters that OWASP names first: 19 MiB, two passes, one lane. Any
 * thread; only a few hash at once, because each takes a processor for a while, and calls must go on.
 */
final class Hashing {
    private static final int SALT_BYTES = 16;
    private static final Argon2Function NOW = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    private final SecureRandom random;
    private final Semaphore turns;
    private final Duration patience;

    /** @param atOnce how many hash at once */
    Hashing(SecureRandom random, int atOnce, Duration patience) {
        this.random = random;
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /** In the form of the PHC, with its parameters and its salt. */
    String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return inTurn(() -> NOW.hash(bytes(password), salt).getResult());
    }

    /** Whether the password has that hash, whatever parameters the hash was made with. */
    boolean matches(String password, String hash) {
        return inTurn(() -> Argon2Function.getInstanceFromHash(hash)
                .check(bytes(password), hash.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Whether the hash was made with other parameters than ours are now. */
    boolean outdated(String hash) {
        return !Argon2Function.getInstanceFromHash(hash).equals(NOW);
    }

    /** One password, however the keyboard composes its letters. */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    private <T> T inTurn(Supplier<T> work) {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (mine) {
                return work.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (mine) {
                turns.release();
            }
        }
        throw new Refused(ErrorId.BUSY, "Too many people sign in at once. Try again in a moment.");
    }
}
