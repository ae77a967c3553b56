package org.everytake.studio.people;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.config.Settings;
import org.everytake.studio.db.Sql;
import org.everytake.studio.library.Ids;
import org.jdbi.v3.core.Jdbi;

/** Organisations and people in a test's database, and what they show to be let in. Any thread. */
public final class TestPeople {
    public static final URI ADDRESS = URI.create("https://studio.example.org");
    public static final String PASSWORD = "correct horse battery";

    private final SecureRandom random = new SecureRandom();
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Ids ids;
    private final BrowserSessions browsers;
    private final People people;

    public TestPeople(Jdbi jdbi, InstantSource clock) {
        this(jdbi, clock, Optional.empty());
    }

    TestPeople(Jdbi jdbi, InstantSource clock, Optional<Settings.Oidc> oidc) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.ids = new Ids(random, clock);
        this.browsers = new BrowserSessions(random, clock);
        this.people = new People(new People.Ground(jdbi, random, ids::next, clock, ADDRESS, 2, oidc));
    }

    /**
     * Somebody who is signed in.
     *
     * @param secret of the cookie
     */
    public record Somebody(
            UUID account, String name, String email, UUID organisation, Role role, boolean operator, String secret) {
        /** The header of their browser. */
        public String[] cookie() {
            return new String[] {"Cookie", "everytake=" + secret};
        }

        public Caller caller() {
            var means = new Caller.Browser(Secret.hash(secret));
            return new Caller(account, name, email, organisation, role, operator, means);
        }
    }

    public Gate gate() {
        return people.gate();
    }

    public Audit audit() {
        return people.audit();
    }

    /** All of it, as the product has it. */
    public People all() {
        return people;
    }

    public UUID organisation(String name) {
        UUID id = ids.next();
        jdbi.useHandle(handle -> handle.createUpdate(
                        "insert into organisations (id, name, created_at) values (:id, :name, :now)")
                .bind("id", id)
                .bind("name", name)
                .bind("now", Sql.time(clock.instant()))
                .execute());
        return id;
    }

    /** A new account, in one organisation, with no password; the address is the name's at example.org. */
    public Somebody somebody(UUID organisation, String name, Role role) {
        return somebody(organisation, name, role, false);
    }

    /** Who runs the server. */
    public Somebody operator(UUID organisation, String name) {
        return somebody(organisation, name, Role.ADMIN, true);
    }

    private Somebody somebody(UUID organisation, String name, Role role, boolean operator) {
        UUID id = ids.next();
        String email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.org";
        String secret = jdbi.inTransaction(handle -> {
            AccountStore.create(handle, new Account(id, email, name, null, operator), clock.instant());
            Memberships.put(handle, organisation, id, role, clock.instant());
            return browsers.begin(handle, id, organisation);
        });
        return new Somebody(id, name, email, organisation, role, operator, secret);
    }

    /** The same person in another of their organisations, in another browser. */
    public Somebody also(Somebody somebody, UUID organisation, Role role) {
        String secret = jdbi.inTransaction(handle -> {
            Memberships.put(handle, organisation, somebody.account(), role, clock.instant());
            return browsers.begin(handle, somebody.account(), organisation);
        });
        return new Somebody(
                somebody.account(), somebody.name(), somebody.email(), organisation, role, somebody.operator(), secret);
    }

    /** The header of a program with a key of theirs. */
    public String[] key(Somebody owner, Scope... scopes) {
        String secret = jdbi.inTransaction(handle -> new KeyStore(random)
                .create(handle, ids.next(), owner.caller(), "Program", Set.of(scopes), clock.instant(), null));
        return new String[] {"Authorization", "Bearer " + secret};
    }
}
