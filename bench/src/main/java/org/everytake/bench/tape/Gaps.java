package org.everytake.bench.tape;

import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.read.RecordedTake;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeRecord;

/**
 * One stream of one take on tape.
 *
 * @param records how many packets
 * @param missing sequence numbers between the first and the last that are not there
 * @param last the highest sequence number; -1 if nothing is there
 */
public record Gaps(int take, String source, int stream, long ssrc, long records, long missing, long last) {

    /** Every stream of every take. */
    public static List<Gaps> of(RecordedTape tape) {
        return of(tape, Long.MIN_VALUE);
    }

    /**
     * Every stream of every take, from the first record that arrived then or later.
     *
     * @param fromNanos since the recording's zero
     */
    public static List<Gaps> of(RecordedTape tape, long fromNanos) {
        List<Gaps> all = new ArrayList<>();
        for (RecordedTake take : tape.takes()) {
            for (StreamDescription stream : take.description().streams()) {
                all.add(of(take, stream, fromNanos));
            }
        }
        return all;
    }

    private static Gaps of(RecordedTake take, StreamDescription stream, long fromNanos) {
        long records = 0;
        long first = -1;
        long last = -1;
        for (TapeRecord one : take.records(stream.stream())) {
            if (records == 0 && one.stampNanos() < fromNanos) {
                continue;
            }
            first = records == 0 ? one.sequence() : first;
            last = one.sequence();
            records++;
        }
        long missing = records == 0 ? 0 : last - first + 1 - records;
        return new Gaps(
                take.number(),
                take.description().source().kind().toString(),
                stream.stream(),
                stream.ssrc(),
                records,
                missing,
                last);
    }
}
