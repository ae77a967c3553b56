package org.everytake.tape.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentSeal.Slice;
import org.jspecify.annotations.Nullable;

/** The side of an open take that the tape thread sees, and owns. */
final class TakeWriter {
    /** Records that go into one batch, in bytes: more than gathers in a tick, and less than a collector thinks large. */
    private static final int BATCH_BYTES = 256 << 10;

    /** Where to write: the open segment, made when it is first needed. */
    @FunctionalInterface
    interface SegmentSource {
        SegmentWriter open() throws IOException;
    }

    private final OpenTake take;
    private byte @Nullable [] durableDescription;
    private final List<byte[]> newDescriptions = new ArrayList<>();
    private int newWritten;
    private long descriptions;
    private int describedIn;
    private long committed;
    private long read;
    private boolean closing;
    private boolean quiet;

    TakeWriter(OpenTake take) {
        this.take = take;
    }

    OpenTake take() {
        return take;
    }

    void describe(long stampNanos, byte[] bytes) {
        newDescriptions.add(RecordHeader.record(RecordHeader.DESCRIPTION, 0, descriptions++, stampNanos, bytes));
    }

    void closing() {
        closing = true;
    }

    /** Writes all that has gathered, or until the segment is full; false if that is nothing. */
    boolean write(SegmentSource segments, long fullBytes) throws IOException {
        boolean wrote = false;
        boolean more = take.queue.hasMore() || newWritten < newDescriptions.size();
        while (more) {
            SegmentWriter segment = segments.open();
            writeBatch(segment);
            more = take.queue.hasMore() && segment.length() < fullBytes;
            wrote = true;
        }
        return wrote;
    }

    /** Descriptions have a batch of their own: whoever opens a tape reads them, and nothing else. */
    private void writeBatch(SegmentWriter segment) throws IOException {
        List<Slice> packets = new ArrayList<>();
        int records = take.queue.read(packets, BATCH_BYTES);
        List<Slice> said = new ArrayList<>();
        if (describedIn != segment.ordinal() && durableDescription != null) {
            said.add(Slice.of(durableDescription));
        }
        newDescriptions.subList(newWritten, newDescriptions.size()).forEach(d -> said.add(Slice.of(d)));
        if (!said.isEmpty()) {
            segment.write(take.number(), BatchHeader.FLAG_DESCRIBES, said);
        }
        if (!packets.isEmpty()) {
            segment.write(take.number(), 0, packets);
        }
        describedIn = segment.ordinal();
        newWritten = newDescriptions.size();
        read += records;
    }

    /** What was written is durable. True if that moved the position. */
    boolean commit() {
        take.queue.commit();
        if (newWritten > 0) {
            durableDescription = newDescriptions.get(newWritten - 1);
            for (byte[] durable : newDescriptions.subList(0, newWritten)) {
                take.settled(durable.length - RecordHeader.BYTES);
            }
            newDescriptions.subList(0, newWritten).clear();
            newWritten = 0;
        }
        if (read == committed) {
            return false;
        }
        committed = read;
        take.committed(committed);
        return true;
    }

    /** What was written since the last commit is to be written again. */
    void rewind() {
        take.queue.rewind();
        read = committed;
        newWritten = 0;
        describedIn = 0;
    }

    long committed() {
        return committed;
    }

    /**
     * Marks what this tick writes. Before the tick's messages are taken in: so no packet is written before a description
     * that came before it.
     */
    void mark() {
        quiet = take.quiet(); // before the mark: what is quiet is marked to its end
        take.queue.mark();
    }

    /** Whether the take is closed and everything of it was written. */
    boolean isOver() {
        return closing && quiet && !take.queue.hasMore() && newWritten == newDescriptions.size();
    }
}
