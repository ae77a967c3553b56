package org.everytake.studio.people;

import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The organisations. Joins the caller's transaction. */
final class OrganisationStore {
    private OrganisationStore() {}

    static @Nullable String name(Handle handle, @Nullable UUID organisation) {
        return handle.createQuery("select name from organisations where id = :id::uuid")
                .bind("id", organisation)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }
}
