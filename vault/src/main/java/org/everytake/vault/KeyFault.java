package org.everytake.vault;

import org.jspecify.annotations.Nullable;

/** A key is missing, damaged, or wrapped by another master key; the sentence says which and what to do. */
public final class KeyFault extends Exception {
    private static final long serialVersionUID = 1;

    public KeyFault(String message) {
        super(message);
    }

    public KeyFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
