package org.everytake.studio.whip;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.library.SessionMode;
import org.jspecify.annotations.Nullable;

/**
 * What lets somebody who has no browser into a session.
 *
 * @param id of the person, too, that the token makes: whoever comes again by it is the same on the recording
 * @param mode of the session
 * @param name by which they appear in the room
 * @param hint the secret's last four characters
 */
record Token(
        UUID id,
        UUID session,
        SessionMode mode,
        String name,
        String hint,
        Set<Right> rights,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant usedAt) {
    Token {
        rights = Set.copyOf(rights);
    }

    boolean hasExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
