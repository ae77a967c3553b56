package org.everytake.call;

import java.util.Set;

/** A person in a room as others may know them. {@code sends} holds the kinds of which media flows. */
public record PersonState(String person, String name, Set<Kind> muted, Set<Kind> sends) {
    public PersonState {
        muted = Set.copyOf(muted);
        sends = Set.copyOf(sends);
    }
}
