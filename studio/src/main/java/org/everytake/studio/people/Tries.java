package org.everytake.studio.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.limit.ClientAddress;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Slows whoever tries passwords, then locks them out for a while. Counted is by account and address together, so that
 * nobody can lock an account for its owner elsewhere with a handful of tries; by account from everywhere; and by address
 * for every account. A try is counted before its password is looked at, so that many at once gain nothing. Any thread.
 */
final class Tries {
    static final Duration LOCKED = Duration.ofMinutes(15);

    /** After that long without a wrong password, nothing is remembered. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** Servers' clocks are put right by that much now and then, which is nothing to notice. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /**
     * How much is let pass.
     *
     * @param free so many wrong ones cost no wait; from then on each doubles it, beginning with a second
     * @param most so many wrong ones lock
     */
    private record Limit(String name, int free, int most) {
        Duration waitAfter(int wrong) {
            if (wrong >= most) {
                return LOCKED;
            }
            return wrong <= free
                    ? Duration.ZERO
                    : Duration.ofSeconds(Math.min(1L << Math.min(wrong - free - 1, 20), LOCKED.toSeconds()));
        }
    }

    private static final Limit PAIR = new Limit("account-address", 1, 10);
    private static final Limit ACCOUNT = new Limit("account", 40, 50);
    private static final Limit ADDRESS = new Limit("address", 40, 50);

    private final Jdbi jdbi;
    private final InstantSource clock;

    Tries(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private record Subject(Limit limit, byte[] hash) {
        static Subject of(Limit limit, String... what) {
            return new Subject(
                    limit,
                    Secret.hash(limit.name() + "\n" + String.join("\n", what)).bytes());
        }
    }

    private record Count(int wrong, Instant triedAt, Instant openAt) {}

    /**
     * What became of a try.
     *
     * @param opensAt when the next one is taken, if this one was not
     * @param locks whether, if this one's password is wrong, it was the last for a while
     */
    record Try(Optional<Instant> opensAt, boolean locks) {}

    /** As finely as the database keeps it, which rounds: else what opens now would open a moment later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Counts a try as wrong, if one may be made now. */
    Try begin(String email, String address) {
        Instant now = now();
        return jdbi.inTransaction(handle -> {
            boolean locks = false;
            Instant open = now;
            // Always in this order, so that no two transactions wait for each other.
            List<Subject> subjects = subjects(email, address);
            List<Count> counts =
                    subjects.stream().map(subject -> lock(handle, subject, now)).toList();
            for (Count count : counts) {
                open = count.openAt().isAfter(open) ? count.openAt() : open;
            }
            if (open.isAfter(now)) {
                return new Try(Optional.of(open), false);
            }
            for (int i = 0; i < counts.size(); i++) {
                Limit limit = subjects.get(i).limit();
                int before = counts.get(i).wrong();
                int wrong = before >= limit.most() ? 1 : before + 1;
                locks |= wrong >= limit.most();
                write(handle, subjects.get(i), wrong, now, now.plus(limit.waitAfter(wrong)));
            }
            return new Try(Optional.empty(), locks);
        });
    }

    /** The password of a try that was begun was right: the account's are forgotten, and the address gets one back. */
    void right(String email, String address) {
        Instant now = now();
        jdbi.useTransaction(handle -> {
            List<Subject> subjects = subjects(email, address);
            forget(handle, subjects.get(0));
            forget(handle, subjects.get(1));
            undo(handle, subjects.get(2), now);
            handle.createUpdate("delete from sign_in_tries where tried_at < :old")
                    .bind("old", Sql.time(now.minus(REMEMBERED)))
                    .execute();
        });
    }

    /** The password of a try that was begun could not be looked at. */
    void undo(String email, String address) {
        Instant now = now();
        jdbi.useTransaction(handle -> subjects(email, address).forEach(subject -> undo(handle, subject, now)));
    }

    /** The account has a new password. */
    void forget(Handle handle, String email, String address) {
        subjects(email, address).subList(0, 2).forEach(subject -> forget(handle, subject));
    }

    private static List<Subject> subjects(String email, String address) {
        String network = ClientAddress.counted(address);
        return List.of(Subject.of(PAIR, email, network), Subject.of(ACCOUNT, email), Subject.of(ADDRESS, network));
    }

    /**
     * The clock was ahead and was put right: what was to be waited is waited from now on, and not until a day that may be
     * years away.
     */
    private static Count inOurTime(Handle handle, Subject subject, Count found, Instant now) {
        if (!found.triedAt().isAfter(now.plus(SKEW))) {
            return found;
        }
        Instant open = now.plus(Duration.between(found.triedAt(), found.openAt()));
        write(handle, subject, found.wrong(), now, open);
        return new Count(found.wrong(), now, open);
    }

    private static Count lock(Handle handle, Subject subject, Instant now) {
        handle.createUpdate("""
                        insert into sign_in_tries (subject, wrong, tried_at, open_at) values (:subject, 0, :now, :now)
                        on conflict (subject) do nothing
                        """)
                .bind("subject", subject.hash())
                .bind("now", Sql.time(now))
                .execute();
        return handle.createQuery(
                        "select wrong, tried_at, open_at from sign_in_tries where subject = :subject for update")
                .bind("subject", subject.hash())
                .map((row, context) ->
                        new Count(row.getInt("wrong"), Sql.time(row, "tried_at"), Sql.time(row, "open_at")))
                .findOne()
                .filter(found -> !found.triedAt().isBefore(now.minus(REMEMBERED)))
                .map(found -> inOurTime(handle, subject, found, now))
                .orElse(new Count(0, now, now));
    }

    private static void write(Handle handle, Subject subject, int wrong, Instant now, Instant openAt) {
        handle.createUpdate("""
                        insert into sign_in_tries (subject, wrong, tried_at, open_at)
                        values (:subject, :wrong, :now, :open)
                        on conflict (subject) do update set wrong = :wrong, tried_at = :now, open_at = :open
                        """)
                .bind("wrong", wrong)
                .bind("now", Sql.time(now))
                .bind("open", Sql.time(openAt))
                .bind("subject", subject.hash())
                .execute();
    }

    private static void forget(Handle handle, Subject subject) {
        handle.createUpdate("delete from sign_in_tries where subject = :subject")
                .bind("subject", subject.hash())
                .execute();
    }

    /** A wait that others' wrong ones have earned stays. */
    private static void undo(Handle handle, Subject subject, Instant now) {
        handle.createUpdate("""
                        update sign_in_tries set wrong = greatest(wrong - 1, 0),
                            open_at = case when wrong - 1 <= :free then :now else open_at end
                        where subject = :subject
                        """)
                .bind("free", subject.limit().free())
                .bind("now", Sql.time(now))
                .bind("subject", subject.hash())
                .execute();
    }
}
