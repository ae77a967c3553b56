package org.everytake.studio.record;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a room's recording stands, as everybody in the room is told. A room without a recording has none of these.
 *
 * @param startedBy the name of the person who pressed Record
 * @param trouble what the disk does to a recording that goes on; null when all is well
 * @param detail why it failed, or what is wrong with a recording that goes on, as a sentence; null when all is well
 */
public record RecordingStatus(
        String id,
        String title,
        Phase phase,
        Instant startedAt,
        String startedBy,
        @Nullable Trouble trouble,
        @Nullable String detail) {

    /** The life of a recording as far as the room sees it. */
    public enum Phase {
        /** Record was pressed; nothing is durable yet. */
        STARTING,
        /** The first packet is durable. */
        RECORDING,
        /** The server was away; it goes on as soon as somebody sends again, or ends when that takes too long. */
        WAITING,
        /** Stop was pressed; the tape is being finished. */
        STOPPING,
        /** Nothing more is recorded, and the detail says why. */
        FAILED;

        /** The word that the protocol uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a disk that does not take what it should means for a recording. */
    public enum Trouble {
        /** What comes is held in memory; nothing is lost yet. */
        BEHIND,
        /** The memory is used up: what comes now is not recorded. */
        LOSING;

        /** The word that the protocol uses. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    RecordingStatus become(Phase newPhase, @Nullable String newDetail) {
        return new RecordingStatus(id, title, newPhase, startedAt, startedBy, null, newDetail);
    }

    RecordingStatus with(Trouble newTrouble, String newDetail) {
        return new RecordingStatus(id, title, phase, startedAt, startedBy, newTrouble, newDetail);
    }
}
