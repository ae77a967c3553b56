package org.everytake.tape.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.everytake.tape.Codec;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A take of a tape that is read. The index of its packets is made when they are first asked for. One thread. */
final class TakeReader implements RecordedTake {
    private final SegmentSet segments;
    private final int number;
    private final Locations batches = new Locations();
    // by the description's own number, because each segment repeats the newest
    private final TreeMap<Long, Described> descriptions = new TreeMap<>();
    private SoftReference<@Nullable TreeMap<Integer, Runs>> index = new SoftReference<>(null);

    TakeReader(SegmentSet segments, int number) {
        this.segments = segments;
        this.number = number;
    }

    void addBatch(long location) {
        batches.add(location);
    }

    void describe(long sequence, long stampNanos, TakeDescription description) {
        descriptions.putIfAbsent(sequence, new Described(stampNanos, description));
    }

    boolean isDescribed() {
        return !descriptions.isEmpty();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public TakeDescription description() {
        Map<Integer, Codec> codecs = new LinkedHashMap<>();
        Map<Integer, String> extensions = new LinkedHashMap<>();
        Map<Integer, StreamDescription> streams = new LinkedHashMap<>();
        for (Described each : descriptions.values()) {
            each.description().codecs().forEach(c -> codecs.put(c.payloadType(), c));
            extensions.putAll(each.description().headerExtensions());
            each.description().streams().forEach(s -> streams.put(s.stream(), s));
        }
        TakeDescription newest = descriptions.lastEntry().getValue().description();
        return new TakeDescription(
                newest.take(),
                newest.source(),
                List.copyOf(codecs.values()),
                extensions,
                List.copyOf(streams.values()));
    }

    @Override
    public List<Described> descriptions() {
        return List.copyOf(descriptions.values());
    }

    @Override
    public Iterable<TapeRecord> records() {
        return () -> new Iterator<>() {
            private final Iterator<Map.Entry<Integer, Runs>> streams =
                    index().entrySet().iterator();
            private @Nullable SequencedRecords stream;

            @Override
            public boolean hasNext() {
                while ((stream == null || !stream.hasNext()) && streams.hasNext()) {
                    Map.Entry<Integer, Runs> entry = streams.next();
                    stream = new SequencedRecords(segments, entry.getKey(), entry.getValue(), 0);
                }
                return stream != null && stream.hasNext();
            }

            @Override
            public TapeRecord next() {
                if (!hasNext() || stream == null) {
                    throw new NoSuchElementException();
                }
                return stream.next();
            }
        };
    }

    @Override
    public Iterable<TapeRecord> records(int stream) {
        return records(stream, Long.MIN_VALUE);
    }

    @Override
    public Iterable<TapeRecord> records(int stream, long fromNanos) {
        return () -> {
            Runs runs = index().getOrDefault(stream, new Runs());
            try {
                return new SequencedRecords(segments, stream, runs, arrivedBy(runs, fromNanos));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The last run that begins no later than then, else the first: runs lie in the order in which they came. */
    private int arrivedBy(Runs runs, long nanos) throws IOException {
        int from = 0;
        int to = nanos == Long.MIN_VALUE ? 0 : Math.max(0, runs.size() - 1);
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            byte[] records = segments.records(runs.location(middle));
            if (records != null && RecordHeader.stampNanos(records, runs.offset(middle)) <= nanos) {
                from = middle;
            } else {
                to = middle - 1; // also where it is damaged since it was indexed: what comes earlier does no harm
            }
        }
        return from;
    }

    @Override
    public Iterable<TapeRecord> arrivals() {
        return () -> new ArrivedRecords(segments, batches);
    }

    @Override
    public List<Damage> damage() {
        List<Damage> damage = new ArrayList<>();
        for (int batch = 0; batch < batches.size(); batch++) {
            Damage found = segments.damageAt(batches.get(batch));
            if (found != null) {
                damage.add(found);
            }
        }
        return damage;
    }

    private TreeMap<Integer, Runs> index() {
        TreeMap<Integer, Runs> known = index.get();
        if (known == null) {
            known = new TreeMap<>();
            try {
                for (int batch = 0, next; batch < batches.size(); batch = next) {
                    next = endOfSegment(batch);
                    index(batch, next, known);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            index = new SoftReference<>(known);
        }
        return known;
    }

    /** The first of the batches behind this one that is in another segment. */
    private int endOfSegment(int batch) {
        int end = batch;
        while (end < batches.size() && SegmentSet.segment(batches.get(end)) == SegmentSet.segment(batches.get(batch))) {
            end++;
        }
        return end;
    }

    /** Takes in the batches from one to another, which are all of the take's in their segment. */
    private void index(int from, int to, Map<Integer, Runs> into) throws IOException {
        int segment = SegmentSet.segment(batches.get(from));
        boolean told = segments.visit(
                segment,
                number,
                (stream, batch, record, count, sequence) -> into.computeIfAbsent(stream, s -> new Runs())
                        .add(SegmentSet.location(segment, batch), record, count, sequence));
        for (int batch = from; batch < to && !told; batch++) {
            index(batches.get(batch), into);
        }
    }

    private void index(long location, Map<Integer, Runs> into) throws IOException {
        byte[] records = segments.records(location);
        if (records == null) {
            return;
        }
        try {
            for (int at = 0, next; at < records.length; at = next) {
                next = RecordHeader.next(records, at, records.length);
                if (RecordHeader.type(records, at) == RecordHeader.PACKET) {
                    into.computeIfAbsent(RecordHeader.stream(records, at), s -> new Runs())
                            .add(location, at, RecordHeader.sequence(records, at));
                }
            }
        } catch (Damaged e) {
            segments.damagedAt(location, String.valueOf(e.getMessage()));
        }
    }

    /** Takes that can be understood, by number. */
    static List<RecordedTake> described(TreeMap<Integer, TakeReader> takes, SegmentSet segments) {
        List<RecordedTake> described = new ArrayList<>();
        takes.forEach((number, take) -> {
            if (take.isDescribed()) {
                described.add(take);
            } else {
                segments.damaged(new Damage("", 0, "take " + number + " has no description that can be read"));
            }
        });
        return List.copyOf(described);
    }
}
