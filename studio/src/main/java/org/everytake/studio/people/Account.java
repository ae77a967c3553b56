package org.everytake.studio.people;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param password its hash; null of whoever signs in elsewhere
 */
record Account(UUID id, String email, String name, @Nullable String password, boolean operator) {
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
