package org.everytake.studio.people;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.http.Text;
import org.everytake.studio.people.LinkStore.Link;
import org.everytake.studio.people.LinkStore.Purpose;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What each kind of one-time link does for whoever has it. Any thread. */
final class Welcome {
    private static final int MOST_OF_A_NAME = 120;

    private final AccountStore accounts;
    private final Names names;
    private final Passwords passwords;
    private final Tries tries;
    private final Door door;
    private final Audit audit;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    Welcome(
            AccountStore accounts,
            Names names,
            Passwords passwords,
            Tries tries,
            Door door,
            Audit audit,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.accounts = accounts;
        this.names = names;
        this.passwords = passwords;
        this.tries = tries;
        this.door = door;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody whose link is good and who said all that it asks for. */
    @FunctionalInterface
    interface Guest {
        /** Does it, in the transaction that uses the link up, and signs in. */
        Door.In arrive(Handle handle, String address);
    }

    static String name(@Nullable String given) {
        return Text.line(given, "A name", MOST_OF_A_NAME);
    }

    Guest firstAdmin(Link link, @Nullable String givenName, @Nullable String givenEmail, @Nullable String password) {
        String name = name(givenName);
        String email = Email.check(givenEmail);
        String hash = passwords.hashNew(password);
        UUID organisation = organisation(link);
        return (handle, address) -> {
            Optional<Account> there = AccountStore.byEmail(handle, email);
            UUID id = there.map(Account::id).orElseGet(ids);
            if (there.isPresent()) {
                names.rename(handle, id, name);
                renewPassword(handle, there.get(), hash, address);
                AccountStore.makeOperator(handle, id);
            } else {
                AccountStore.create(handle, new Account(id, email, name, hash, true), clock.instant());
            }
            Memberships.put(handle, organisation, id, Role.ADMIN, clock.instant());
            LinkStore.takeBack(handle, Purpose.FIRST_ADMIN);
            audit.note(
                    handle,
                    who(organisation, id, name, address),
                    there.isPresent() ? "account-changed" : "account-created",
                    id.toString(),
                    "operator, by the link that the server printed");
            return door.enter(handle, id, organisation, "by the first admin's link", address);
        };
    }

    /** Whoever has an account shows that it is theirs: whoever made the link must not get into it. */
    Guest invited(Context context, Link link, @Nullable String givenName, @Nullable String password) {
        String email = Objects.requireNonNull(link.email());
        Optional<Account> there = accounts.byEmail(email);
        if (there.isPresent()) {
            UUID id = there.get().id();
            boolean signedIn = Caller.find(context)
                    .filter(caller -> caller.account().equals(id) && caller.means() instanceof Caller.Browser)
                    .isPresent();
            if (!signedIn
                    && passwords
                            .check(context, email, password == null ? "" : password)
                            .isEmpty()) {
                throw new Refused(
                        ErrorId.WRONG_PASSWORD,
                        "There is an account with this e-mail address already, and this is not its password.");
            }
            return (handle, address) -> join(handle, link, id, there.get().name(), address);
        }
        String name = name(givenName);
        String hash = passwords.hashNew(password);
        return (handle, address) -> {
            UUID id = ids.get();
            AccountStore.create(handle, new Account(id, email, name, hash, false), clock.instant());
            audit.note(handle, who(organisation(link), id, name, address), "account-created", id.toString(), email);
            return join(handle, link, id, name, address);
        };
    }

    Guest newPassword(Link link, @Nullable String password) {
        UUID id = Objects.requireNonNull(link.account());
        String hash = passwords.hashNew(password);
        return (handle, address) -> {
            Account account = AccountStore.find(handle, id).orElseThrow();
            renewPassword(handle, account, hash, address);
            audit.note(
                    handle,
                    who(link.organisation(), id, account.name(), address),
                    "password-changed",
                    id.toString(),
                    "by a link");
            return door.enter(handle, id, "by a link for a new password", address);
        };
    }

    private Door.In join(Handle handle, Link link, UUID account, String name, String address) {
        UUID organisation = organisation(link);
        Role role = Objects.requireNonNull(link.role());
        Memberships.invited(handle, organisation, account, role, clock.instant());
        audit.note(handle, who(organisation, account, name, address), "member-joined", account.toString(), role.word());
        return door.enter(handle, account, organisation, "by an invitation", address);
    }

    /** Whoever knew the old one is out, and whoever was locked out by wrong ones is let try the new one. */
    private void renewPassword(Handle handle, Account account, String hash, String address) {
        AccountStore.password(handle, account.id(), hash);
        BrowserSessions.endAll(handle, account.id());
        LinkStore.takeBackNewPassword(handle, account.id());
        tries.forget(handle, account.email(), address);
    }

    private static UUID organisation(Link link) {
        return Objects.requireNonNull(link.organisation());
    }

    private static Audit.Who who(@Nullable UUID organisation, UUID account, String name, String address) {
        return new Audit.Who(organisation, account, name, "browser", address);
    }
}
