package org.everytake.studio.people;

import java.util.Locale;

/** What an API key may do of what its account may. */
public enum Scope {
    SESSIONS_READ,
    SESSIONS_WRITE,
    RECORDINGS_READ,
    RECORDINGS_WRITE,
    ORGANISATION_READ,
    ORGANISATION_WRITE;

    /** As the API and the database spell it: {@code sessions:read}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** @throws IllegalArgumentException if there is no such scope */
    public static Scope of(String word) {
        for (Scope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("no scope: " + word);
    }
}
