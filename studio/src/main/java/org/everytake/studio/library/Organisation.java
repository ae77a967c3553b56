package org.everytake.studio.library;

import java.util.UUID;

/** The tenant that everything belongs to. There is one, made with the schema. */
public final class Organisation {
    /** Its id, as the first migration makes it. */
    public static final UUID ONLY = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private Organisation() {}
}
