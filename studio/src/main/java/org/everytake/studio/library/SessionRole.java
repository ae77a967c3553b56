package org.everytake.studio.library;

import java.util.Locale;

/** What somebody is in a session. */
public enum SessionRole {
    HOST,
    CO_HOST,
    INVITED;

    /** Whether they change the session and its recordings, and record. */
    public boolean hosts() {
        return this != INVITED;
    }

    /** As the API and the database spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SessionRole of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
