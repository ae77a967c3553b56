package org.everytake.studio.operations;

import java.util.Locale;

/** How a part of the server does; the later ones are worse. */
enum State {
    OK,
    WARNING,
    BAD;

    /** As the API spells it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    State worse(State other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
