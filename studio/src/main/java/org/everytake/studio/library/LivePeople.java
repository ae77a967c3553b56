package org.everytake.studio.library;

import java.util.Set;
import java.util.UUID;

/** Who is there now: what the API needs of those who hold the rooms. Any thread may call it. */
public interface LivePeople {
    /** How many people are in the session's room. */
    int count(UUID session);

    /** The sessions in whose rooms somebody is. */
    Set<UUID> sessions();

    /** How many people a room takes. */
    int most();
}
