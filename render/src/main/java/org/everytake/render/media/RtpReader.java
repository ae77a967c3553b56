package org.everytake.render.media;

import java.util.Iterator;
import org.everytake.render.Format;
import org.everytake.render.clock.ClockMap;
import org.everytake.tape.read.TapeRecord;

/** Walks over the packets of one format in a stream; what else is in it is stepped over. One thread. */
public final class RtpReader extends RtpCursor {
    private final Iterator<TapeRecord> records;

    public RtpReader(Iterator<TapeRecord> records, Format format) {
        super(format);
        this.records = records;
    }

    /** @param clock of the stream, whose records are read from somewhere in its middle on */
    public RtpReader(Iterator<TapeRecord> records, Format format, ClockMap clock) {
        super(format, clock);
        this.records = records;
    }

    /** Goes to the next packet; false at the end. */
    public boolean next() {
        while (records.hasNext()) {
            if (accept(records.next())) {
                return true;
            }
        }
        return false;
    }
}
