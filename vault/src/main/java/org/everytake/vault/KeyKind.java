package org.everytake.vault;

import java.util.Locale;

/** What a key is for: what kind of a recording's things, which are deleted by destroying it; or something else's. */
public enum KeyKind {
    TAPE,
    MASTERS,
    RENDITIONS,
    /** The secret by which an organisation's own store is opened; its id is the store's, not a recording's. */
    STORAGE,
    /** Of no recording: what the rooms' passes are signed with. */
    PASSES;

    String fileSuffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
