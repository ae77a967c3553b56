package org.everytake.studio.people;

import java.util.List;
import java.util.UUID;
import org.everytake.studio.people.Memberships.Membership;
import org.jdbi.v3.core.Handle;

/** Who is signed in, as the API tells it. */
record Me(
        UUID account,
        String name,
        String email,
        Organisation organisation,
        List<Organisation> organisations,
        boolean operator,
        boolean hasPassword,
        String means) {
    record Organisation(UUID id, String name, String role) {
        static Organisation of(Membership membership) {
            return new Organisation(
                    membership.id(), membership.name(), membership.role().word());
        }
    }

    /** @param organisation the one they are in now */
    static Me of(Handle handle, UUID account, UUID organisation, String means) {
        List<Organisation> all =
                Memberships.of(handle, account).stream().map(Organisation::of).toList();
        Organisation here = all.stream()
                .filter(one -> one.id().equals(organisation))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a caller acts where they do not belong"));
        return AccountStore.find(handle, account)
                .map(found -> new Me(
                        found.id(),
                        found.name(),
                        found.email(),
                        here,
                        all,
                        found.operator(),
                        found.password() != null,
                        means))
                .orElseThrow(() -> new IllegalStateException("a caller's account is gone"));
    }
}
