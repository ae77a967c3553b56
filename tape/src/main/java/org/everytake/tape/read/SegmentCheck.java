package org.everytake.tape.read;

import java.io.IOException;
import java.util.List;
import org.everytake.tape.TapeKey;

/**
 * What is found when a segment is read to its last byte: every batch opened, every record looked at.
 *
 * @param name of the segment, as its source has it
 * @param ordinal its place among the recording's segments; 0 if that cannot be told
 * @param wholeBytes up to where something whole was found; of an open segment what follows may be a commit under way
 * @param damage what cannot be read, or why this is none of the recording's segments; empty if all is well
 */
public record SegmentCheck(String name, State state, int ordinal, long wholeBytes, List<Damage> damage) {
    /** How a segment is. */
    public enum State {
        /** All that was ever sealed into it is there. */
        WHOLE,
        /** All that was committed to it so far is there; it has no end yet. */
        OPEN,
        DAMAGED,
        /** Of another recording or installation, or of a newer program: nothing of it was opened. */
        FOREIGN
    }

    public SegmentCheck {
        damage = List.copyOf(damage);
    }

    /**
     * Reads a segment.
     *
     * @param recording that it should be of
     * @param key of that recording's tape
     * @throws IOException if it cannot be read, such as {@link java.nio.file.NoSuchFileException}
     */
    public static SegmentCheck of(SegmentSource source, String recording, TapeKey key) throws IOException {
        return SegmentInspector.inspect(source, recording, key);
    }
}
