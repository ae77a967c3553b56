package org.everytake.tape.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.DescriptionCodec;
import org.everytake.tape.format.EventCodec;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentName;
import org.everytake.tape.format.SegmentReader;
import org.everytake.tape.format.SegmentWalk;
import org.jspecify.annotations.Nullable;

/**
 * Follows a tape that is still being written, each batch once, in the order in which they were written; of one that is
 * whole it reads all. What is damaged or missing is stepped over as soon as something follows it. One thread.
 */
public final class TapeTail implements Closeable {
    /** Finds the segments that there are now, of which more may come and open ones may be sealed. */
    @FunctionalInterface
    public interface Segments {
        List<SegmentSource> list() throws IOException, TapeFault;
    }

    /** Hears what is on the tape. */
    public interface Listener {
        /** Once, before all else. */
        void started(Event.RecordingStarted started);

        /** The next event of the journal. */
        void event(Stamped event);

        /** A take's newest description; told again at the start of each segment. */
        void described(TakeDescription description, long stampNanos);

        /** A packet as it was appended: late ones come late, and one that was written again may come twice. */
        void packet(int take, TapeRecord record);
    }

    private final Segments segments;
    private final TapeKey key;
    private @Nullable SegmentReader reader;
    private int ordinal = 1;
    private long offset;
    private long nextEvent;
    private boolean started;

    public TapeTail(Segments segments, TapeKey key) {
        this.segments = segments;
        this.key = key;
    }

    /**
     * Hands on the next batch.
     *
     * @return false if there is none yet
     * @throws TapeFault if the key is another one, or a newer program wrote the segment
     * @throws IOException if a segment cannot be read; what follows may be asked for again
     */
    public boolean next(Listener listener) throws IOException, TapeFault {
        while (reader != null || open()) {
            switch (read(listener)) {
                case BATCH -> {
                    return true;
                }
                case END -> goBehind();
                case NOTHING -> {
                    if (!isFollowed()) {
                        return false;
                    }
                    // a whole batch may have been written since, so it is looked for once more before anything is
                    // stepped over
                    if (read(listener) == Step.BATCH) {
                        return true;
                    }
                    if (!stepOverDamage()) {
                        goBehind();
                    }
                }
            }
        }
        return false;
    }

    private enum Step {
        BATCH,
        END,
        NOTHING
    }

    private void goBehind() throws IOException {
        close();
        ordinal++;
    }

    /** Opens the next segment; false if there is none yet. */
    private boolean open() throws IOException, TapeFault {
        TreeMap<Integer, SegmentSource> there = there();
        Map.Entry<Integer, SegmentSource> next = there.pollFirstEntry();
        while (next != null) {
            try {
                reader = SegmentReader.open(next.getValue().open(), key);
                ordinal = next.getKey();
                offset = SegmentHeader.BYTES;
                return true;
            } catch (Damaged young) {
                next = there.pollFirstEntry(); // its header is being written, or damaged if others follow
            }
        }
        return false;
    }

    /** The segments from this one on. */
    private TreeMap<Integer, SegmentSource> there() throws IOException, TapeFault {
        TreeMap<Integer, SegmentSource> there = new TreeMap<>();
        for (SegmentSource source : segments.list()) {
            SegmentName name = SegmentName.parse(source.name());
            if (name != null && name.ordinal() >= ordinal) {
                there.putIfAbsent(name.ordinal(), source);
            }
        }
        return there;
    }

    /** Whether nothing more will be written to this segment, because there is one behind it. */
    private boolean isFollowed() throws IOException, TapeFault {
        return !there().tailMap(ordinal, false).isEmpty();
    }

    /** Hands on a batch, if there is a whole one. */
    private Step read(Listener listener) throws IOException {
        SegmentReader open = open(reader);
        BatchHeader header = open.headerAt(offset);
        if (header == null || header.totalBytes() > open.size() - offset) {
            return Step.NOTHING;
        }
        try {
            byte[] records = open.open(offset).records();
            offset += header.totalBytes();
            if (header.end()) {
                return Step.END;
            }
            batch(header.take(), records, listener);
            return Step.BATCH;
        } catch (Damaged e) {
            return Step.NOTHING;
        }
    }

    private static SegmentReader open(@Nullable SegmentReader reader) {
        if (reader == null) {
            throw new IllegalStateException("No segment is open");
        }
        return reader;
    }

    /** Goes to the next batch that can be opened; false if there is none. */
    private boolean stepOverDamage() throws IOException {
        SegmentReader open = open(reader);
        SegmentWalk walk = open.walk();
        for (SegmentWalk.Found found = walk.next(); found != null; found = walk.next()) {
            if (found.offset() > offset) {
                offset = found.offset();
                return true;
            }
        }
        return false;
    }

    private void batch(int take, byte[] records, Listener listener) throws Damaged {
        for (int at = 0, next; at < records.length; at = next) {
            next = RecordHeader.next(records, at, records.length);
            int from = at + RecordHeader.BYTES;
            long sequence = RecordHeader.sequence(records, at);
            long stampNanos = RecordHeader.stampNanos(records, at);
            int type = RecordHeader.type(records, at);
            if (take == 0) {
                journal(type, sequence, stampNanos, EventCodec.decode(records, from, next - from), listener);
            } else if (type == RecordHeader.DESCRIPTION) {
                listener.described(DescriptionCodec.decode(records, from, next - from), stampNanos);
            } else if (type == RecordHeader.PACKET) {
                int stream = RecordHeader.stream(records, at);
                listener.packet(take, new TapeRecord(stream, sequence, stampNanos, records, from, next - from));
            }
        }
    }

    private void journal(int type, long number, long stampNanos, Event event, Listener listener) {
        if (!started && event instanceof Event.RecordingStarted begun) {
            started = true;
            listener.started(begun);
        }
        if (type == RecordHeader.EVENT && number >= nextEvent) {
            nextEvent = number + 1;
            listener.event(new Stamped(number, stampNanos, event));
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        offset = 0;
    }
}
