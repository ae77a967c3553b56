package org.everytake.studio.people;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.everytake.studio.db.Sql;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Notes what people did, in the transaction in which it was done. Any thread. */
public final class Audit {
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    /** @param ids made in the order of time */
    public Audit(Supplier<UUID> ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Who did it.
     *
     * @param organisation null for what concerns the whole server
     * @param account null of whoever has none
     * @param means {@code browser}, {@code key: } and the key's name, {@code guest}, or {@code server}
     * @param address from where, if it came from outside
     */
    public record Who(
            @Nullable UUID organisation,
            @Nullable UUID account,
            String name,
            String means,
            @Nullable String address) {
        /** Whoever asks, on a route that demands an account. */
        public static Who of(Context context) {
            return of(Caller.of(context), context.ip());
        }

        public static Who of(Caller caller, @Nullable String address) {
            String means = switch (caller.means()) {
                case Caller.Browser browser -> "browser";
                case Caller.Key key -> "key: " + key.name();
            };
            return new Who(caller.organisation(), caller.account(), caller.name(), means, address);
        }

        /** The same, noted in another organisation's log. */
        public Who in(UUID other) {
            return new Who(other, account, name, means, address);
        }

        /** Somebody in a room who has no account, by the name they gave. */
        public static Who guest(UUID organisation, String name, @Nullable String address) {
            return new Who(organisation, null, name, "guest", address);
        }

        public static Who server(@Nullable UUID organisation) {
            return new Who(organisation, null, "Everytake", "server", null);
        }
    }

    /**
     * @param action what was done, as docs/api.md lists it: {@code recording-deleted}
     * @param object the id of what it was done to
     * @param detail what helps to understand it, such as a title; never a secret
     */
    public void note(Handle handle, Who who, String action, @Nullable String object, @Nullable String detail) {
        handle.createUpdate("""
                        insert into audit (id, organisation, at, account, name, means, address, action, object, detail)
                        values (:id, :organisation::uuid, :at, :account::uuid, :name, :means, :address, :action, :object, :detail)
                        """)
                .bind("id", ids.get())
                .bind("organisation", who.organisation())
                .bind("at", Sql.time(clock.instant()))
                .bind("account", who.account())
                .bind("name", who.name())
                .bind("means", who.means())
                .bind("address", who.address())
                .bind("action", action)
                .bind("object", object)
                .bind("detail", detail)
                .execute();
    }
}
