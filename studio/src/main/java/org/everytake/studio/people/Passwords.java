package org.everytake.studio.people;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Looks at passwords that are shown, as often as {@link Tries} lets it. Any thread, outside of transactions. */
final class Passwords {
    private static final int LEAST = 10;
    private static final int MOST = 200;

    private final Jdbi jdbi;
    private final AccountStore accounts;
    private final Hashing hashing;
    private final Tries tries;
    private final Audit audit;
    private final InstantSource clock;

    Passwords(Jdbi jdbi, AccountStore accounts, Hashing hashing, Tries tries, Audit audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.accounts = accounts;
        this.hashing = hashing;
        this.tries = tries;
        this.audit = audit;
        this.clock = clock;
    }

    /** The hash of a new password that will do. */
    String hashNew(@Nullable String password) {
        if (password == null
                || password.codePointCount(0, password.length()) < LEAST
                || password.codePointCount(0, password.length()) > MOST) {
            throw new Refused(ErrorId.MALFORMED_REQUEST, "A password has " + LEAST + " to " + MOST + " characters.");
        }
        return hashing.hash(password);
    }

    /**
     * The account with that address and password; empty if there is none, which takes as long whatever of it is wrong.
     *
     * @param email in lower case
     */
    Optional<Account> check(Context context, String email, String password) {
        Tries.Try begun = tries.begin(email, context.ip());
        begun.opensAt().ifPresent(opensAt -> refuse(context, opensAt));
        Optional<Account> account = accounts.byEmail(email);
        boolean right;
        try {
            right = matches(password, account.isPresent() ? account.get().password() : null);
        } catch (Refused busy) {
            tries.undo(email, context.ip());
            throw busy;
        }
        if (!right) {
            if (begun.locks()) {
                noteLock(account, email, context.ip());
            }
            return Optional.empty();
        }
        tries.right(email, context.ip());
        account.ifPresent(found -> renew(found, password));
        return account;
    }

    private boolean matches(String password, @Nullable String hash) {
        if (password.length() > 4 * MOST) {
            // Nobody's: not worth the time that hashing it takes.
            return false;
        }
        if (hash == null) {
            hashing.hash(password);
            return false;
        }
        return hashing.matches(password, hash);
    }

    /** What was hashed with other parameters gets ours, now that the password is known. */
    private void renew(Account account, String password) {
        String hash = account.password();
        if (hash != null && hashing.outdated(hash)) {
            accounts.rehash(account.id(), hash, hashing.hash(password));
        }
    }

    private void noteLock(Optional<Account> account, String email, String address) {
        var who = new Audit.Who(null, account.map(Account::id).orElse(null), email, "password", address);
        jdbi.useTransaction(handle ->
                audit.note(handle, who, "sign-in-locked", null, "for " + Tries.LOCKED.toMinutes() + " minutes"));
    }

    private void refuse(Context context, Instant opensAt) {
        Duration wait = Duration.between(clock.instant(), opensAt);
        context.header(
                "Retry-After", String.valueOf(Math.max(1, wait.plusMillis(999).toSeconds())));
        throw new Refused(
                ErrorId.TOO_MANY_TRIES,
                "There were too many wrong passwords. The next one is looked at from "
                        + opensAt.plusMillis(999).truncatedTo(ChronoUnit.SECONDS) + ".");
    }
}
