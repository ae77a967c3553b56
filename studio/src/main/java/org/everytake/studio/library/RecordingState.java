package org.everytake.studio.library;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The life of a recording.
 *
 * <pre>
 *   STARTING --> RECORDING --> STOPPING --> PROCESSING --> READY
 *       |            |            |          |   ^  ^        |
 *       |            |            |          |   |  +--------+  a rendition is made again
 *       +--> STOPPING (the server was killed before anything was shown)
 *       |            |            |          v   |
 *       +------------+------------+-------> FAILED
 * </pre>
 */
public enum RecordingState {
    /** Asked for; nothing is durable yet. */
    STARTING,
    /** The first packet is durable. */
    RECORDING,
    /** Stop was asked for, or the server ended; the tape is being sealed. */
    STOPPING,
    /** The tape is whole; renditions are being made. */
    PROCESSING,
    /** No rendition is waiting any more. Some may have failed: each says so itself. */
    READY,
    /** There is nothing to watch; {@code failure} says why. */
    FAILED;

    /** Whether a recording in this state may go to the next one. To stay is always legal, so a retry costs nothing. */
    public boolean mayBecome(RecordingState next) {
        return next == this || following().contains(next);
    }

    private Set<RecordingState> following() {
        return switch (this) {
            case STARTING -> EnumSet.of(RECORDING, STOPPING, FAILED);
            case RECORDING -> EnumSet.of(STOPPING, FAILED);
            case STOPPING -> EnumSet.of(PROCESSING, FAILED);
            case PROCESSING -> EnumSet.of(READY, FAILED);
            case READY, FAILED -> EnumSet.of(PROCESSING);
        };
    }

    /** Whether tape is being written, or was when the server ended. */
    public boolean isLive() {
        return this == STARTING || this == RECORDING || this == STOPPING;
    }

    /** As the database and the API spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RecordingState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
