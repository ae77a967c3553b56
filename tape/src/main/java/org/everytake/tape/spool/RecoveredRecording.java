package org.everytake.tape.spool;

import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.read.Damage;
import org.jspecify.annotations.Nullable;

/**
 * A recording found on the spool at start. All its segments are sealed, unless its key is missing or another one: then
 * they are left as they were, and {@code damage} says so.
 *
 * @param started what the newest readable segment says about it, with the room as of its end; null if none is readable
 * @param stopped true if it ended as it should; otherwise, if readable, its journal ends with {@link Event.Interrupted}
 * @param lastStampNanos newest stamp on the tape; stamps go on from here
 * @param nextEvent number that the journal's next event will have
 * @param nextOrdinal number that its next segment will have
 * @param segments all sealed ones that lie on the spool
 * @param damage what could not be read, in the segments that recovery had to look at
 */
public record RecoveredRecording(
        String recording,
        Event.@Nullable RecordingStarted started,
        boolean stopped,
        long lastStampNanos,
        long nextEvent,
        int nextOrdinal,
        List<SealedSegment> segments,
        List<Damage> damage) {
    public RecoveredRecording {
        segments = List.copyOf(segments);
        damage = List.copyOf(damage);
    }
}
