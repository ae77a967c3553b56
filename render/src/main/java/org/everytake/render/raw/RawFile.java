package org.everytake.render.raw;

import java.util.List;
import java.util.Map;
import org.everytake.render.clock.ClockMap;
import org.everytake.render.clock.Report;
import org.everytake.tape.Event;

/**
 * A file of the archive, with all that the index says of it.
 *
 * @param name within the archive's folder
 * @param damage what of its take cannot be read, a sentence each
 * @param leftOut packets of its stream that are no media, by what they are
 * @param dropped packets of its stream that came and that the recorder could not write
 * @param reports of the stream, as they came
 */
record RawFile(
        String name,
        FileScan scan,
        Measured measured,
        ClockMap clock,
        List<String> damage,
        Map<String, Long> leftOut,
        long dropped,
        List<Reported> reports) {

    /** A sender report and when it came, since the recording's zero. */
    record Reported(long arrivalNanos, Event.SenderReported said) {
        Report forClock() {
            return new Report(arrivalNanos, said.ntp64(), said.rtpTimestamp());
        }
    }
}
