package org.everytake.studio.people;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Settings;
import org.everytake.studio.http.Routes;
import org.everytake.studio.people.oidc.Provider;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything about accounts, built and tied together. */
public final class People {
    /** How long somebody waits for a turn to have a password looked at. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(People.class);

    private final Gate gate;
    private final Audit audit;
    private final FirstAdmin firstAdmin;
    private final Names names = new Names();
    private final List<Routes> routes;
    private final Jdbi jdbi;
    private final @Nullable Provider provider;
    private final @Nullable Arrivals arrivals;

    /**
     * What accounts are built upon.
     *
     * @param ids makes ids in the order of time
     * @param hashesAtOnce how many passwords are hashed at once; each keeps a processor busy
     * @param oidc a provider by which people may sign in too
     */
    public record Ground(
            Jdbi jdbi,
            SecureRandom random,
            Supplier<UUID> ids,
            InstantSource clock,
            URI publicAddress,
            int hashesAtOnce,
            Optional<Settings.Oidc> oidc) {}

    public People(Ground ground) {
        jdbi = ground.jdbi();
        InstantSource clock = ground.clock();
        gate = new Gate(new Callers(jdbi, clock));
        audit = new Audit(ground.ids(), clock);
        var accounts = new AccountStore(jdbi);
        var browsers = new BrowserSessions(ground.random(), clock);
        var links = new LinkStore(ground.random(), ground.ids(), clock, ground.publicAddress());
        var invitations = new Invitations(links, audit, clock);
        var hashing = new Hashing(ground.random(), ground.hashesAtOnce(), PATIENCE);
        var tries = new Tries(jdbi, clock);
        var passwords = new Passwords(jdbi, accounts, hashing, tries, audit, clock);
        var door = new Door(jdbi, browsers, audit);
        var welcome = new Welcome(accounts, names, passwords, tries, door, audit, ground.ids(), clock);
        firstAdmin = new FirstAdmin(jdbi, links);
        String label = ground.oidc().map(Settings.Oidc::label).orElse(null);
        routes = new ArrayList<>(List.of(
                gate,
                new SignInResource(jdbi, passwords, door, audit, label),
                new LinksResource(jdbi, links, welcome, door),
                new MeResource(jdbi, names, passwords, audit),
                new KeysResource(jdbi, new KeyStore(ground.random()), audit, ground.ids(), clock),
                // Before the members, one of whom "invitations" would be.
                new InvitationsResource(jdbi, invitations, audit),
                new MembersResource(jdbi, names, links, audit),
                new OrganisationsResource(jdbi, invitations, audit, ground.ids(), clock),
                new AuditResource(jdbi)));
        Settings.Oidc oidc = ground.oidc().orElse(null);
        if (oidc == null) {
            provider = null;
            arrivals = null;
        } else {
            provider = new Provider(oidc, ground.publicAddress().resolve(OidcResource.RETURN), clock);
            arrivals = new Arrivals(oidc, audit, ground.ids(), clock);
            routes.add(new OidcResource(jdbi, provider, arrivals, door, ground.random()));
        }
    }

    /** Refuses settings that cannot be right, by what the database holds. */
    public void check() throws CannotStart {
        if (arrivals != null) {
            try (Handle handle = jdbi.open()) {
                arrivals.check(handle);
            }
        }
    }

    /** Warns if nobody could sign in with the provider now. It is asked again at each sign-in. Blocks while it asks. */
    public void tryProvider() {
        if (provider != null) {
            provider.trouble()
                    .ifPresent(trouble -> log.warn(
                            "Nobody can sign in with {} now, which oidc-issuer names: {}",
                            provider.label(),
                            trouble.getMessage()));
        }
    }

    /** Has somebody told who has another name or address from now on, in the transaction in which that happens. */
    public void whenRenamed(BiConsumer<Handle, UUID> renamed) {
        names.tell(renamed);
    }

    /** The gate, then what accounts are managed by. */
    public List<Routes> routes() {
        return List.copyOf(routes);
    }

    /** For what is no route. */
    public Gate gate() {
        return gate;
    }

    public Audit audit() {
        return audit;
    }

    public FirstAdmin firstAdmin() {
        return firstAdmin;
    }
}
