package org.everytake.studio.people;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.people.LinkStore.Purpose;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How the first admin comes in, and how one who lost their account comes back. */
public final class FirstAdmin {
    private final Jdbi jdbi;
    private final LinkStore links;

    FirstAdmin(Jdbi jdbi, LinkStore links) {
        this.jdbi = jdbi;
        this.links = links;
    }

    /**
     * A new link, if there is no operator yet or one is asked for. Those of earlier starts are void.
     *
     * @param asked whether whoever starts the server wants one whatever accounts there are
     */
    public Optional<URI> renew(boolean asked) {
        return jdbi.inTransaction(handle -> {
            LinkStore.takeBack(handle, Purpose.FIRST_ADMIN);
            boolean any = AccountStore.anyOperator(handle);
            if (any && !asked) {
                return Optional.empty();
            }
            return Optional.of(links.firstAdmin(handle, first(handle), any ? LinkStore.NEW_ADMIN : null)
                    .address());
        });
    }

    /** The organisation that is there from the beginning. */
    static UUID first(Handle handle) {
        return handle.createQuery("select id from organisations order by id limit 1")
                .mapTo(UUID.class)
                .one();
    }
}
