package org.everytake.studio.signal;

import java.util.Optional;
import org.everytake.studio.library.SessionMode;
import org.jspecify.annotations.Nullable;

/**
 * What a socket found open.
 *
 * @param session the session's id
 * @param cameraHeight how many lines cameras send, at most
 * @param role of who comes
 * @param name of their account, null for a guest
 * @param returningOnly whether the invitation was revoked since: only who was inside may come in, by their pass
 */
record Door(
        String session,
        String title,
        SessionMode mode,
        int cameraHeight,
        RoomRole role,
        @Nullable String name,
        boolean returningOnly) {

    /** Finds the door to which a key belongs; empty if it belongs to none. May block. */
    @FunctionalInterface
    interface Keeper {
        Optional<Door> open(String key);
    }

    Door forThoseWhoReturn() {
        return new Door(session, title, mode, cameraHeight, RoomRole.ATTENDEE, null, true);
    }
}
