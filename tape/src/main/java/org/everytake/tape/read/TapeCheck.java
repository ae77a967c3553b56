package org.everytake.tape.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;

/**
 * What is found when all segments of a recording are read to their last byte, wherever they lie.
 *
 * @param segments one for each source, in the same order
 * @param missing what no segment has: segments, events, descriptions; a sentence each, without a stop
 * @param ended whether the journal says that the recording stopped or was interrupted
 * @param takes how many takes can be read
 */
public record TapeCheck(List<SegmentCheck> segments, List<String> missing, boolean ended, int takes) {
    public TapeCheck {
        segments = List.copyOf(segments);
        missing = List.copyOf(missing);
    }

    /**
     * Reads a tape.
     *
     * @param sources segments in any order; the same one may be there twice, from the spool and from the vault
     * @throws IOException if one cannot be read, such as {@link java.nio.file.NoSuchFileException}
     */
    public static TapeCheck of(List<SegmentSource> sources, String recording, TapeKey key) throws IOException {
        List<SegmentCheck> checks = new ArrayList<>();
        for (SegmentSource source : sources) {
            checks.add(SegmentCheck.of(source, recording, key));
        }
        List<SegmentSource> own = own(sources, checks);
        if (own.isEmpty()) {
            return new TapeCheck(checks, List.of(), false, 0);
        }
        try (RecordedTape tape = RecordedTape.read(own, key)) {
            List<String> missing = tape.damage().stream()
                    .filter(damage -> damage.segment().isEmpty())
                    .map(Damage::what)
                    .toList();
            return new TapeCheck(
                    checks, missing, hasEnded(tape.journal()), tape.takes().size());
        } catch (TapeFault e) {
            return new TapeCheck(checks, List.of(String.valueOf(e.getMessage())), false, 0);
        }
    }

    /** Those that are this recording's, whole ones first: of two with the same ordinal the first counts. */
    private static List<SegmentSource> own(List<SegmentSource> sources, List<SegmentCheck> checks) {
        List<SegmentSource> own = new ArrayList<>();
        for (SegmentCheck.State state : SegmentCheck.State.values()) {
            for (int i = 0; i < checks.size(); i++) {
                if (checks.get(i).state() == state && checks.get(i).ordinal() > 0) {
                    own.add(sources.get(i));
                }
            }
        }
        return own;
    }

    private static boolean hasEnded(List<Stamped> journal) {
        Event last = journal.isEmpty() ? null : journal.getLast().event();
        return last instanceof Event.RecordingStopped || last instanceof Event.Interrupted;
    }
}
