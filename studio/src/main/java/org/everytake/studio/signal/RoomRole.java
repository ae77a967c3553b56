package org.everytake.studio.signal;

import java.util.Locale;
import java.util.Optional;
import org.everytake.studio.library.SessionRole;

/** What somebody is in a room. */
enum RoomRole {
    HOST,
    CO_HOST,
    ATTENDEE;

    /** Who is merely invited, and who has nothing to do with the session but its link, attends. */
    static RoomRole of(Optional<SessionRole> role) {
        return role.map(one -> switch (one) {
                    case HOST -> HOST;
                    case CO_HOST -> CO_HOST;
                    case INVITED -> ATTENDEE;
                })
                .orElse(ATTENDEE);
    }

    /** Whether they start and stop recordings. */
    boolean records() {
        return this != ATTENDEE;
    }

    /** As the protocol spells it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
