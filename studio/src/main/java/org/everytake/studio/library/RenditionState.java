package org.everytake.studio.library;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The life of a rendition.
 *
 * <pre>
 *   QUEUED --> RENDERING --> READY
 *    ^ |  ^       |  |
 *    | |  +-------+  |    the worker died, or tries once more
 *    | +---> FAILED <+
 *    +---------+          retry
 * </pre>
 */
public enum RenditionState {
    QUEUED,
    RENDERING,
    READY,
    FAILED;

    /** Whether a rendition in this state may go to the next one. To stay is always legal. */
    public boolean mayBecome(RenditionState next) {
        return next == this || following().contains(next);
    }

    private Set<RenditionState> following() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RENDERING, FAILED);
            case RENDERING -> EnumSet.of(QUEUED, READY, FAILED);
            case READY -> EnumSet.noneOf(RenditionState.class);
            case FAILED -> EnumSet.of(QUEUED);
        };
    }

    /** Whether nothing more will happen to it by itself. */
    public boolean isSettled() {
        return this == READY || this == FAILED;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RenditionState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
