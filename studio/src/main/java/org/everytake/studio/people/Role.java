package org.everytake.studio.people;

import java.util.Locale;

/** What somebody is in an organisation; each may what those after it may. */
public enum Role {
    ADMIN,
    MANAGER,
    MEMBER;

    /** As the API and the database spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such role */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("no role: " + word);
    }

    boolean atLeast(Role least) {
        return ordinal() <= least.ordinal();
    }
}
