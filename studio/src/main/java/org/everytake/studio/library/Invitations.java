package org.everytake.studio.library;

import java.util.Optional;
import org.everytake.studio.http.PathId;
import org.everytake.studio.people.Caller;
import org.jdbi.v3.core.Jdbi;

/** Finds the session into which somebody may come. Any thread; may block. */
public final class Invitations {
    private final SessionStore sessions;
    private final Rights rights;

    public Invitations(Jdbi jdbi) {
        this.sessions = new SessionStore(jdbi);
        this.rights = new Rights(jdbi);
    }

    /**
     * A session that is open to somebody.
     *
     * @param role what they are in it; empty for a guest
     */
    public record Entrance(Session session, Optional<SessionRole> role) {}

    /**
     * @param key the invitation; for who sees the session, its id
     * @param caller who comes, if that is known
     */
    public Optional<Entrance> enter(String key, Optional<Caller> caller) {
        Optional<Entrance> invited = sessions.byInvitation(key)
                .map(session -> new Entrance(session, caller.flatMap(one -> rights.role(one, session))));
        return invited.isPresent()
                ? invited
                : caller.flatMap(one -> PathId.parse(key)
                        .flatMap(id -> rights.session(one, id))
                        .map(seen -> new Entrance(seen.thing(), Optional.of(seen.role()))));
    }
}
