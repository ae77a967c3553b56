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
import org.everytake.tape.format.SegmentReader;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a tape, in order: opens batches by their location, with few channels and little memory at a time, and
 * keeps the list of what is damaged. One thread.
 */
final class SegmentSet implements Closeable {
    private static final int MAX_OPEN = 8;
    private static final int MAX_CACHED_BYTES = 32 << 20;

    private final TapeKey key;
    private final List<SegmentSource> sources = new ArrayList<>();
    private final Map<Integer, SegmentReader> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Long, byte[]> cached = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Damage> damage = new ArrayList<>();
    private final Map<Long, Damage> byLocation = new HashMap<>();
    private long cachedBytes;

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
        byte[] records = cached.get(location);
        if (records != null) {
            return records;
        }
        int segment = (int) (location >>> 32);
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
            SegmentSource source = sources.get((int) (location >>> 32));
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
        for (SegmentReader reader : open.values()) {
            reader.close();
        }
        open.clear();
    }
}
