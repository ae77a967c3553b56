package org.everytake.tape.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.SegmentIndex;
import org.everytake.tape.format.SegmentReader;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a tape, in order: opens batches by their location, with few channels and little memory at a time, and
 * keeps the list of what is damaged. One thread.
 */
final class SegmentSet implements Closeable {
    private static final int MAX_OPEN = 8;
    private static final int MAX_CACHED_BYTES = 8 << 20;

    private final TapeKey key;
    private final List<SegmentSource> sources = new ArrayList<>();
    private final Map<Integer, SegmentReader> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, byte[]> cached = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, Long> indexes = new HashMap<>();
    private final List<Damage> damage = new ArrayList<>();
    private final Map<Long, Damage> byLocation = new HashMap<>();
    private long cachedBytes;
    // the batch that was asked for last, which mostly is the one that is asked for next
    private long lastLocation = -1;
    private byte @Nullable [] lastRecords;

    SegmentSet(TapeKey key) {
        this.key = key;
    }

    /** Adds a segment behind the others; its index. */
    int add(SegmentSource source) {
        sources.add(source);
        return sources.size() - 1;
    }

    /** Where a batch is, in one number; ordered as the tape is. */
    static long location(int segment, long offset) {
        return (long) segment << 32 | offset;
    }

    static int segment(long location) {
        return (int) (location >>> 32);
    }

    /** The segment is whole, and its last batch, which may have an index, is here. */
    void indexed(int segment, long location) {
        indexes.put(segment, location);
    }

    /**
     * Tells where a take's packets are in a segment, without opening the batches that they are in.
     *
     * @return false if only the batches themselves can tell
     */
    boolean visit(int segment, int take, SegmentIndex.Visitor visitor) throws IOException {
        Long location = indexes.get(segment);
        byte[] last = location == null ? null : records(location);
        try {
            return last != null && SegmentIndex.visit(last, take, visitor);
        } catch (Damaged e) {
            throw new IllegalStateException("it was whole when the tape was opened", e);
        }
    }

    /** A segment, opened if need be; closes the one that was not used for longest. */
    SegmentReader reader(int segment) throws IOException, Damaged, TapeFault {
        SegmentReader reader = open.get(segment);
        if (reader == null) {
            reader = SegmentReader.open(sources.get(segment).open(), key);
            open.put(segment, reader);
            if (open.size() > MAX_OPEN) {
                Iterator<SegmentReader> oldest = open.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
        }
        return reader;
    }

    /** A batch's records, or null if it is damaged, which is noted. */
    byte @Nullable [] records(long location) throws IOException {
        if (location == lastLocation && lastRecords != null) {
            return lastRecords;
        }
        byte[] records = cached.get(location);
        if (records != null) {
            lastLocation = location;
            lastRecords = records;
            return records;
        }
        int segment = segment(location);
        long offset = location & 0xFFFF_FFFFL;
        try {
            records = reader(segment).open(offset).records();
        } catch (Damaged e) {
            damagedAt(location, String.valueOf(e.getMessage()));
            return null;
        } catch (TapeFault e) {
            throw new IOException(sources.get(segment) + " is another segment than before", e);
        }
        cached.put(location, records);
        cachedBytes += records.length;
        shrink(location);
        lastLocation = location;
        lastRecords = records;
        return records;
    }

    private void shrink(long keep) {
        Iterator<Map.Entry<Long, byte[]>> oldest = cached.entrySet().iterator();
        while (cachedBytes > MAX_CACHED_BYTES && oldest.hasNext()) {
            Map.Entry<Long, byte[]> entry = oldest.next();
            if (entry.getKey() != keep) {
                cachedBytes -= entry.getValue().length;
                oldest.remove();
            }
        }
    }

    /** Notes damage, each place once. */
    void damagedAt(long location, String what) {
        if (!byLocation.containsKey(location)) {
            SegmentSource source = sources.get(segment(location));
            Damage found = new Damage(source.name(), location & 0xFFFF_FFFFL, what);
            byLocation.put(location, found);
            damage.add(found);
        }
    }

    /** What was noted of a place, or null. */
    @Nullable
    Damage damageAt(long location) {
        return byLocation.get(location);
    }

    void damaged(Damage more) {
        damage.add(more);
    }

    List<Damage> damage() {
        return List.copyOf(damage);
    }

    @Override
    public void close() throws IOException {
        cached.clear();
        lastRecords = null;
        for (SegmentReader reader : open.values()) {
            reader.close();
        }
        open.clear();
    }
}
