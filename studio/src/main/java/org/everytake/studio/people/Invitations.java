package org.everytake.studio.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.db.Sql;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Invitations of people into organisations. Any thread; joins the caller's transaction. */
final class Invitations {
    private static final int MOST = 1000;

    private final LinkStore links;
    private final Audit audit;
    private final InstantSource clock;

    Invitations(LinkStore links, Audit audit, InstantSource clock) {
        this.links = links;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param link told once, to whoever made it */
    record Invitation(
            UUID id,
            String email,
            String role,
            @Nullable String invitedBy,
            Instant createdAt,
            Instant expiresAt,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            URI link) {
        Invitation with(URI address) {
            return new Invitation(id, email, role, invitedBy, createdAt, expiresAt, address);
        }

        @Override
        public String toString() {
            return "Invitation[" + id + "]";
        }
    }

    /** Makes one in place of whatever the address had before; noted in the organisation that it leads into. */
    Invitation make(Handle handle, UUID organisation, String email, Role role, Caller caller, String address) {
        notYet(handle, organisation, email);
        forget(handle, organisation, email);
        LinkStore.Made link = links.invitation(handle, organisation, email, role, caller.account());
        UUID id = link.link().id();
        Audit.Who who = Audit.Who.of(caller, address).in(organisation);
        audit.note(handle, who, "invitation-made", id.toString(), email + ", " + role.word());
        return open(handle, organisation).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow()
                .with(link.address());
    }

    private static void notYet(Handle handle, UUID organisation, String email) {
        boolean member = AccountStore.byEmail(handle, email)
                .flatMap(account -> Members.find(handle, organisation, account.id()))
                .isPresent();
        if (member) {
            throw new Refused(ErrorId.ALREADY_MEMBER, "Whoever has this address is a member already.");
        }
    }

    private static void forget(Handle handle, UUID organisation, String email) {
        handle.createUpdate("""
                        delete from one_time_links
                        where purpose = 'invitation' and organisation = :organisation and email = :email
                        """)
                .bind("organisation", organisation)
                .bind("email", email)
                .execute();
    }

    /** Those that can still be used, the newest first. */
    List<Invitation> open(Handle handle, UUID organisation) {
        return handle.createQuery("""
                        select l.id, l.email, l.role, a.name, l.created_at, l.expires_at
                        from one_time_links l left join accounts a on a.id = l.created_by
                        where l.purpose = 'invitation' and l.organisation = :organisation and l.expires_at > :now
                        order by l.id desc
                        limit :most
                        """)
                .bind("organisation", organisation)
                .bind("now", Sql.time(clock.instant()))
                .bind("most", MOST)
                .map((row, context) -> new Invitation(
                        row.getObject("id", UUID.class),
                        row.getString("email"),
                        row.getString("role"),
                        row.getString("name"),
                        Sql.time(row, "created_at"),
                        Sql.time(row, "expires_at"),
                        null))
                .list();
    }
}
