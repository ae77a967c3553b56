package org.everytake.tape.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The records of a take batch by batch as they lie on the tape, each once. One thread. */
final class ArrivedRecords extends Records {
    private final SegmentSet segments;
    private final Locations batches;
    private final Map<Integer, SequenceSet> seen = new HashMap<>();
    private int nextBatch;
    private byte[] records = new byte[0];
    private int at;

    ArrivedRecords(SegmentSet segments, Locations batches) {
        this.segments = segments;
        this.batches = batches;
    }

    @Override
    @Nullable
    TapeRecord look() throws IOException {
        TapeRecord found = null;
        while (found == null && (at < records.length || nextBatch())) {
            found = record();
        }
        return found;
    }

    private boolean nextBatch() throws IOException {
        while (nextBatch < batches.size()) {
            byte[] bytes = segments.records(batches.get(nextBatch++));
            if (bytes != null && bytes.length > 0) {
                records = bytes;
                at = 0;
                return true;
            }
        }
        return false;
    }

    private @Nullable TapeRecord record() {
        int from = at;
        try {
            at = RecordHeader.next(records, from, records.length);
        } catch (Damaged e) {
            segments.damagedAt(batches.get(nextBatch - 1), String.valueOf(e.getMessage()));
            at = records.length;
            return null;
        }
        if (RecordHeader.type(records, from) != RecordHeader.PACKET) {
            return null;
        }
        int stream = RecordHeader.stream(records, from);
        long sequence = RecordHeader.sequence(records, from);
        if (!seen.computeIfAbsent(stream, s -> new SequenceSet()).add(sequence)) {
            return null;
        }
        int begin = from + RecordHeader.BYTES;
        return new TapeRecord(stream, sequence, RecordHeader.stampNanos(records, from), records, begin, at - begin);
    }
}
