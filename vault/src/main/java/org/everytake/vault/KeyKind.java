package org.everytake.vault;

import java.util.Locale;

/** What a key is for. To destroy a recording's key of a kind is to delete that kind. */
public enum KeyKind {
    TAPE,
    MASTERS,
    RENDITIONS,
    /** Of no recording: what the rooms' passes are signed with. */
    PASSES;

    String fileSuffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
