package org.everytake.studio.people;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.everytake.studio.config.CannotStart;
import org.everytake.studio.config.Settings;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.Refused;
import org.everytake.studio.people.oidc.Identity;
import org.everytake.studio.people.oidc.OidcTrouble;
import org.everytake.studio.people.oidc.OidcTrouble.Problem;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds or makes the account of somebody whom the provider knows. Any thread; joins the caller's transaction. */
final class Arrivals {
    private static final int MOST_NAMED = 10;

    private final Settings.Oidc settings;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    Arrivals(Settings.Oidc settings, Audit audit, Supplier<UUID> ids, InstantSource clock) {
        this.settings = settings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Refuses to begin where people would come into an organisation that is not there. */
    void check(Handle handle) throws CannotStart {
        UUID into = settings.organisation().orElse(null);
        if (into == null || OrganisationStore.name(handle, into) != null) {
            return;
        }
        String there = OrganisationStore.list(handle).stream()
                .limit(MOST_NAMED)
                .map(one -> one.id() + " (" + one.name() + ")")
                .collect(Collectors.joining(", "));
        throw new CannotStart(
                "There is no organisation " + into + ", which the setting oidc-organisation names; leave it"
                        + " out for the first one, or give the id of one that there is: " + there + ".");
    }

    private record Place(UUID organisation, Role role) {}

    UUID account(Handle handle, Identity identity, String address) throws OidcTrouble {
        Optional<UUID> known = handle.createQuery(
                        "select id from accounts where oidc_issuer = :issuer and oidc_subject = :subject")
                .bind("issuer", identity.issuer())
                .bind("subject", identity.subject())
                .mapTo(UUID.class)
                .findOne();
        if (known.isPresent()) {
            return known.get();
        }
        if (!identity.emailVerified() || identity.email() == null) {
            throw new OidcTrouble(Problem.UNVERIFIED, "the e-mail address is not verified");
        }
        String email = email(identity);
        Optional<Account> there = AccountStore.byEmail(handle, email);
        UUID account = there.isPresent() ? there.get().id() : create(handle, identity, email, address);
        if (!tie(handle, account, identity)) {
            throw new OidcTrouble(Problem.UNKNOWN, "the account is somebody else's at the provider");
        }
        if (there.isPresent()) {
            nobodyElseKnowsIt(handle, there.get(), address);
        }
        return account;
    }

    /** False if the account is tied to somebody already. */
    private static boolean tie(Handle handle, UUID account, Identity identity) {
        return handle.createUpdate("""
                        update accounts set oidc_issuer = :issuer, oidc_subject = :subject
                        where id = :id and oidc_subject is null
                        """)
                        .bind("issuer", identity.issuer())
                        .bind("subject", identity.subject())
                        .bind("id", account)
                        .execute()
                > 0;
    }

    /**
     * Whoever made the account may have put in another's address: its password and its browsers are theirs, and not of
     * who has the address. Who runs the server keeps theirs, which is the way in when the provider is away.
     */
    private void nobodyElseKnowsIt(Handle handle, Account account, String address) {
        if (!account.operator()) {
            AccountStore.password(handle, account.id(), null);
            BrowserSessions.endAll(handle, account.id());
            LinkStore.takeBackNewPassword(handle, account.id());
        }
        audit.note(
                handle,
                new Audit.Who(null, account.id(), account.name(), "browser", address),
                "account-changed",
                account.id().toString(),
                "signs in with " + settings.label());
    }

    private UUID create(Handle handle, Identity identity, String email, String address) throws OidcTrouble {
        List<Place> places = places(handle, email);
        if (places.isEmpty()) {
            throw new OidcTrouble(Problem.UNKNOWN, "nobody here has the e-mail address");
        }
        UUID id = ids.get();
        String name = name(identity.name(), email);
        AccountStore.create(handle, new Account(id, email, name, null, false), clock.instant());
        for (Place place : places) {
            Memberships.invited(handle, place.organisation(), id, place.role(), clock.instant());
            var who = new Audit.Who(place.organisation(), id, name, "browser", address);
            audit.note(handle, who, "account-created", id.toString(), email + ", by " + settings.label());
            audit.note(handle, who, "member-joined", id.toString(), place.role().word());
        }
        return id;
    }

    /** Where somebody new belongs: where their address was invited, and where everybody of its domain comes in. */
    private List<Place> places(Handle handle, String email) {
        List<Place> places = handle.createQuery("""
                        delete from one_time_links
                        where purpose = 'invitation' and email = :email and expires_at > :now
                        returning organisation, role
                        """)
                .bind("email", email)
                .bind("now", Sql.time(clock.instant()))
                .map((row, context) ->
                        new Place(row.getObject("organisation", UUID.class), Role.of(row.getString("role"))))
                .list();
        if (settings.domains().contains(Email.domain(email))) {
            places.add(new Place(settings.organisation().orElseGet(() -> FirstAdmin.first(handle)), Role.MEMBER));
        }
        return places;
    }

    private static String email(Identity identity) throws OidcTrouble {
        try {
            return Email.check(Objects.requireNonNull(identity.email()));
        } catch (Refused e) {
            throw new OidcTrouble(Problem.INVALID, "the e-mail address is none");
        }
    }

    private static String name(@Nullable String given, String email) {
        try {
            return Welcome.name(given);
        } catch (Refused e) {
            return email.substring(0, email.indexOf('@'));
        }
    }
}
