package org.everytake.studio.signal;

import java.util.Optional;
import org.everytake.studio.library.SessionMode;

/** Doors of rooms for tests. */
final class Doors {
    private Doors() {}

    /** Opens one session, to whoever comes, as its host. */
    static Door.Keeper open(String session, String title) {
        return as(RoomRole.HOST, session, title);
    }

    static Door.Keeper as(RoomRole role, String session, String title) {
        return key -> key.equals(session)
                ? Optional.of(new Door(session, title, SessionMode.VIDEO, 720, role, null, false))
                : Optional.empty();
    }
}
