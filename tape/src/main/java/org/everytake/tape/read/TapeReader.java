package org.everytake.tape.read;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.DescriptionCodec;
import org.everytake.tape.format.EndMark;
import org.everytake.tape.format.EventCodec;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentName;
import org.everytake.tape.format.SegmentReader;
import org.everytake.tape.format.SegmentWalk;
import org.jspecify.annotations.Nullable;

/** A tape that is read: the walk over its segments, and what the walk found. One thread. */
final class TapeReader implements RecordedTape {
    private final SegmentSet segments;
    private final TreeMap<Long, Stamped> journal = new TreeMap<>();
    private final TreeMap<Integer, TakeReader> takes = new TreeMap<>();
    private List<RecordedTake> described = List.of();
    private Event.@Nullable RecordingStarted started;

    private TapeReader(TapeKey key) {
        this.segments = new SegmentSet(key);
    }

    static TapeReader read(Collection<SegmentSource> sources, TapeKey key) throws TapeFault, IOException {
        TapeReader tape = new TapeReader(key);
        try {
            TreeMap<Integer, SegmentSource> ordered = tape.order(sources);
            for (Map.Entry<Integer, SegmentSource> each : ordered.entrySet()) {
                tape.walk(tape.segments.add(each.getValue()), each.getValue());
            }
            tape.complete();
            return tape;
        } catch (IOException | TapeFault | RuntimeException e) {
            tape.close();
            throw e;
        }
    }

    /** By the ordinals in the headers; refuses what does not belong together. */
    private TreeMap<Integer, SegmentSource> order(Collection<SegmentSource> sources) throws IOException, TapeFault {
        TreeMap<Integer, SegmentSource> ordered = new TreeMap<>();
        String recording = null;
        for (SegmentSource source : sources) {
            try (SeekableByteChannel channel = source.open()) {
                SegmentHeader header = SegmentReader.header(channel);
                if (recording != null && !recording.equals(header.recording())) {
                    throw new TapeFault("The segments are of different recordings: " + recording + " and "
                            + header.recording() + ".");
                }
                recording = header.recording();
                ordered.putIfAbsent(header.ordinal(), source);
            } catch (Damaged e) {
                segments.damaged(new Damage(source.name(), 0, String.valueOf(e.getMessage())));
            }
        }
        int expected = 1;
        for (int ordinal : ordered.keySet()) {
            if (ordinal > expected) {
                String which = ordinal - 1 == expected
                        ? "segment " + expected + " is"
                        : "segments " + expected + " to " + (ordinal - 1) + " are";
                segments.damaged(new Damage("", 0, which + " missing or cannot be read"));
            }
            expected = ordinal + 1;
        }
        return ordered;
    }

    private void walk(int segment, SegmentSource source) throws IOException, TapeFault {
        SegmentReader reader;
        try {
            reader = segments.reader(segment);
        } catch (Damaged e) {
            throw new IOException(source + " is another segment than before", e);
        }
        SegmentName name = SegmentName.parse(source.name());
        SegmentName.State state = name == null ? SegmentName.State.SEALED : name.state();
        SegmentWalk walk = reader.walk();
        int count = 0;
        int marked = -1;
        long markedAt = -1;
        for (SegmentWalk.Found batch = walk.next(); batch != null; batch = walk.next()) {
            count++;
            long location = SegmentSet.location(segment, batch.offset());
            if (batch.header().end()) {
                marked = endMark(location);
                markedAt = location;
            } else {
                batch(batch.header(), location);
            }
        }
        List<SegmentWalk.Gap> gaps = walk.gaps();
        // the end of a segment that is being written is no damage
        int told = gaps.size() - (walk.endsInGap() && state == SegmentName.State.OPEN ? 1 : 0);
        gaps.subList(0, told)
                .forEach(gap -> segments.damagedAt(SegmentSet.location(segment, gap.offset()), gap.what()));
        if (marked < 0 && state == SegmentName.State.SEALED) {
            segments.damaged(new Damage(source.name(), reader.size(), "the segment ends without its end mark"));
        } else if (marked == count && gaps.isEmpty()) {
            segments.indexed(segment, markedAt); // every batch is where it was when it was written
        } else if (marked >= 0 && marked != count && gaps.isEmpty()) {
            segments.damaged(new Damage(
                    source.name(), reader.size(), count + " batches are there where " + marked + " were written"));
        }
    }

    private int endMark(long location) throws IOException {
        byte[] records = segments.records(location);
        try {
            return records == null ? -1 : EndMark.decode(records).batches();
        } catch (Damaged e) {
            segments.damagedAt(location, String.valueOf(e.getMessage()));
            return -1;
        }
    }

    private void batch(BatchHeader header, long location) throws IOException {
        if (header.take() > 0) {
            takes.computeIfAbsent(header.take(), t -> new TakeReader(segments, t))
                    .addBatch(location);
            if (!header.describes()) {
                return;
            }
        }
        byte[] records = segments.records(location);
        if (records == null) {
            return;
        }
        try {
            for (int at = 0, next; at < records.length; at = next) {
                next = RecordHeader.next(records, at, records.length);
                record(header.take(), records, at);
            }
        } catch (Damaged e) {
            segments.damagedAt(location, String.valueOf(e.getMessage()));
        }
    }

    private void record(int take, byte[] records, int at) throws Damaged {
        int type = RecordHeader.type(records, at);
        int from = at + RecordHeader.BYTES;
        int length = RecordHeader.length(records, at);
        long sequence = RecordHeader.sequence(records, at);
        long stampNanos = RecordHeader.stampNanos(records, at);
        if (take > 0 && type == RecordHeader.DESCRIPTION) {
            takes.computeIfAbsent(take, t -> new TakeReader(segments, t))
                    .describe(sequence, stampNanos, DescriptionCodec.decode(records, from, length));
        } else if (take == 0 && type == RecordHeader.EVENT) {
            Event event = EventCodec.decode(records, from, length);
            journal.putIfAbsent(sequence, new Stamped(sequence, stampNanos, event));
        } else if (take == 0 && type == RecordHeader.DESCRIPTION && started == null) {
            if (EventCodec.decode(records, from, length) instanceof Event.RecordingStarted description) {
                started = description;
            }
        }
    }

    private void complete() throws TapeFault {
        Stamped first = journal.isEmpty() ? null : journal.firstEntry().getValue();
        if (first != null && first.event() instanceof Event.RecordingStarted begun) {
            started = begun;
        }
        if (started == null) {
            throw new TapeFault("Nothing of this recording can be read: "
                    + (segments.damage().isEmpty()
                            ? "there are no segments."
                            : segments.damage().getFirst().what() + "."));
        }
        long expected = 0;
        for (long number : journal.keySet()) {
            if (number > expected) {
                segments.damaged(new Damage(
                        "", 0, "events " + expected + " to " + (number - 1) + " of the journal are missing"));
            }
            expected = number + 1;
        }
        described = TakeReader.described(takes, segments);
    }

    @Override
    public Event.RecordingStarted started() {
        if (started == null) {
            throw new IllegalStateException("the tape was not read");
        }
        return started;
    }

    @Override
    public List<Stamped> journal() {
        return new ArrayList<>(journal.values());
    }

    @Override
    public List<RecordedTake> takes() {
        return described;
    }

    @Override
    public List<Damage> damage() {
        return segments.damage();
    }

    @Override
    public void close() throws IOException {
        segments.close();
    }
}
