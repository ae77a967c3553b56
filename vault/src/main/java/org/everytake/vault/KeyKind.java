package org.everytake.vault;

import java.util.Locale;

/** What a key of a recording is for. To destroy the key is to delete that kind. */
public enum KeyKind {
    TAPE,
    MASTERS,
    RENDITIONS;

    String fileSuffix() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
