package org.everytake.tape;

import org.jspecify.annotations.Nullable;

/** The tape cannot be written or read, and why, in a sentence that can be shown to the person who pressed Record. */
public final class TapeFault extends Exception {
    private static final long serialVersionUID = 1;

    public TapeFault(String message) {
        super(message);
    }

    public TapeFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
