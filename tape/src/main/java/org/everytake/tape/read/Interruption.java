package org.everytake.tape.read;

import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;

/**
 * A stretch in which the recorder itself was away: what was said then is on no tape.
 *
 * @param fromNanos stamp of the newest thing on the tape before
 * @param toNanos stamp of the first event after; the same as {@code fromNanos} if the recording did not go on
 */
public record Interruption(long fromNanos, long toNanos) {

    /** Those that a journal tells of, oldest first. */
    public static List<Interruption> of(List<Stamped> journal) {
        List<Interruption> all = new ArrayList<>();
        for (int i = 0; i < journal.size(); i++) {
            if (journal.get(i).event() instanceof Event.Interrupted) {
                long from = journal.get(i).stampNanos();
                long to = i + 1 < journal.size() ? journal.get(i + 1).stampNanos() : from;
                all.add(new Interruption(from, Math.max(from, to)));
            }
        }
        return all;
    }

    public boolean wentOn() {
        return toNanos > fromNanos;
    }
}
