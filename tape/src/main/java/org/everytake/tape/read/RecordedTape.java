package org.everytake.tape.read;

import java.io.IOException;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;

/**
 * A recording read from its segments. Reading needs nothing else: no database, no order of the list, and what is
 * missing or damaged is named and stepped over. Owned by one thread at a time. Close it when done.
 */
public interface RecordedTape extends AutoCloseable {

    /**
     * Finds every batch of the segments and reads journal and descriptions; packets are read when asked for.
     *
     * @param segments in any order; of two with the same ordinal the first counts
     * @throws TapeFault if the key is not this recording's, the segments are of different recordings, none is readable,
     *     or one was written by a newer program
     * @throws IOException if a segment cannot be read
     */
    static RecordedTape read(List<SegmentSource> segments, TapeKey key) throws TapeFault, IOException {
        return TapeReader.read(segments, key);
    }

    /** What was recorded, as the oldest readable segment says. */
    Event.RecordingStarted started();

    /** The journal in order, {@link #started()} included where it was read. */
    List<Stamped> journal();

    /** The takes by number. */
    List<RecordedTake> takes();

    /** What could not be read so far; grows while records are read. */
    List<Damage> damage();

    /** Closes the segments. */
    @Override
    void close() throws IOException;
}
