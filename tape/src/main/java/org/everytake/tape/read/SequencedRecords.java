package org.everytake.tape.read;

import java.io.IOException;
import java.util.PriorityQueue;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.RecordHeader;
import org.jspecify.annotations.Nullable;

/** The records of one stream in order of sequence, each sequence once: a merge of the stream's runs. One thread. */
final class SequencedRecords extends Records {

    /** Where a run's next record is. Holds no bytes, so that many runs cost little. */
    private static final class Cursor {
        final long location;
        int offset;
        int left;
        long sequence;

        Cursor(long location, int offset, int left, long sequence) {
            this.location = location;
            this.offset = offset;
            this.left = left;
            this.sequence = sequence;
        }
    }

    private final SegmentSet segments;
    private final int stream;
    private final Runs runs;
    private final int[] order;
    private final PriorityQueue<Cursor> active = new PriorityQueue<>((a, b) -> a.sequence != b.sequence
            ? Long.compare(a.sequence, b.sequence)
            : a.location != b.location ? Long.compare(a.location, b.location) : Integer.compare(a.offset, b.offset));
    /** The one that is read, at or before all that are active; null if none is begun. */
    private @Nullable Cursor current;

    private int begun;
    private boolean any;
    private long lastSequence;

    /** @param from the runs before it are left out */
    SequencedRecords(SegmentSet segments, int stream, Runs runs, int from) {
        this.segments = segments;
        this.stream = stream;
        this.runs = runs;
        this.order = runs.order(from);
    }

    @Override
    @Nullable
    TapeRecord look() throws IOException {
        TapeRecord found = null;
        while (found == null) {
            begin();
            Cursor cursor = least();
            if (cursor == null) {
                break;
            }
            found = take(cursor);
        }
        return found;
    }

    /** Takes in each run that begins before or at what would be next. */
    private void begin() {
        while (begun < order.length) {
            int run = order[begun];
            if ((current != null && current.sequence < runs.first(run))
                    || (!active.isEmpty() && active.peek().sequence < runs.first(run))) {
                return;
            }
            active.add(new Cursor(runs.location(run), runs.offset(run), runs.count(run), runs.first(run)));
            begun++;
        }
    }

    /** Mostly one run is read at a time: then nothing is compared. */
    private @Nullable Cursor least() {
        Cursor cursor = current;
        current = null;
        if (cursor == null || active.isEmpty()) {
            return cursor == null ? active.poll() : cursor;
        }
        active.add(cursor);
        return active.poll();
    }

    /** The cursor's record, or null if it was there before or cannot be read; the cursor moves on. */
    private @Nullable TapeRecord take(Cursor cursor) throws IOException {
        byte[] records = segments.records(cursor.location);
        if (records == null) {
            return null; // damaged since it was indexed: noted there
        }
        TapeRecord record = null;
        if (!any || cursor.sequence != lastSequence) {
            record = new TapeRecord(
                    stream,
                    cursor.sequence,
                    RecordHeader.stampNanos(records, cursor.offset),
                    records,
                    cursor.offset + RecordHeader.BYTES,
                    RecordHeader.length(records, cursor.offset));
            any = true;
            lastSequence = cursor.sequence;
        }
        if (--cursor.left > 0) {
            seek(cursor, records);
            current = cursor;
        }
        return record;
    }

    /** To the stream's next record in the batch; there is one, as the run's count says. */
    private void seek(Cursor cursor, byte[] records) throws IOException {
        try {
            do {
                cursor.offset = RecordHeader.next(records, cursor.offset, records.length);
            } while (RecordHeader.type(records, cursor.offset) != RecordHeader.PACKET
                    || RecordHeader.stream(records, cursor.offset) != stream);
            cursor.sequence = RecordHeader.sequence(records, cursor.offset);
        } catch (Damaged | IndexOutOfBoundsException e) {
            throw new IOException("a batch is another one than it was when it was indexed", e);
        }
    }
}
