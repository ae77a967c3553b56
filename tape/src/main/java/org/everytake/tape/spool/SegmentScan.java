package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.everytake.tape.Event;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.EventCodec;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentReader;
import org.everytake.tape.format.SegmentWalk;
import org.everytake.tape.read.Damage;
import org.jspecify.annotations.Nullable;

/** What recovery wants to know of one segment: every batch is opened, little is kept. */
final class SegmentScan {
    private final String name;
    private final List<Damage> damage = new ArrayList<>();
    private final TreeMap<Long, Event> events = new TreeMap<>();
    private long validEnd = SegmentHeader.BYTES;
    private boolean ended;
    private int lastTake;
    private long lastStampNanos = Long.MIN_VALUE;
    private long describedEvents;
    private Event.@Nullable RecordingStarted description;

    private SegmentScan(String name) {
        this.name = name;
    }

    /**
     * @throws Damaged if the header cannot be read, or is another recording's
     * @throws TapeFault if the key does not fit, or a newer program wrote it
     */
    static SegmentScan of(Path file, String recording, TapeKey key) throws IOException, Damaged, TapeFault {
        SegmentScan scan = new SegmentScan(String.valueOf(file.getFileName()));
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            String found = SegmentReader.header(channel).recording();
            if (!found.equals(recording)) {
                throw new Damaged("the segment is of recording " + found);
            }
            scan.read(SegmentReader.open(channel, key));
        }
        return scan;
    }

    private void read(SegmentReader reader) throws IOException {
        SegmentWalk walk = reader.walk();
        List<Damage> unopened = new ArrayList<>();
        int gaps = 0;
        for (SegmentWalk.Found batch = walk.next(); batch != null; batch = walk.next()) {
            try {
                records(batch.header().take(), reader.open(batch.offset()).records());
            } catch (Damaged e) {
                unopened.add(new Damage(name, batch.offset(), String.valueOf(e.getMessage())));
                continue;
            }
            validEnd = batch.end();
            ended = batch.header().end();
            // what lies before a valid batch is damage; what follows the last is a commit that did not finish
            damage.addAll(unopened);
            unopened.clear();
            for (; gaps < walk.gaps().size(); gaps++) {
                SegmentWalk.Gap gap = walk.gaps().get(gaps);
                damage.add(new Damage(name, gap.offset(), gap.what()));
            }
        }
    }

    private void records(int take, byte[] records) throws Damaged {
        lastTake = Math.max(lastTake, take);
        for (int at = 0, next; at < records.length; at = next) {
            next = RecordHeader.next(records, at, records.length);
            int type = RecordHeader.type(records, at);
            if (type == RecordHeader.PACKET || type == RecordHeader.EVENT) {
                lastStampNanos = Math.max(lastStampNanos, RecordHeader.stampNanos(records, at));
            }
            if (take == 0 && (type == RecordHeader.EVENT || type == RecordHeader.DESCRIPTION)) {
                event(records, at, type);
            }
        }
    }

    private void event(byte[] records, int at, int type) throws Damaged {
        Event event = EventCodec.decode(records, at + RecordHeader.BYTES, RecordHeader.length(records, at));
        long number = RecordHeader.sequence(records, at);
        if (type == RecordHeader.EVENT) {
            events.put(number, event);
        } else if (description == null && event instanceof Event.RecordingStarted started) {
            description = started;
            describedEvents = number;
            lastStampNanos = Math.max(lastStampNanos, RecordHeader.stampNanos(records, at));
        }
    }

    /** Damage before valid batches. */
    List<Damage> damage() {
        return damage;
    }

    /** Where the last valid batch ends. */
    long validEnd() {
        return validEnd;
    }

    /** Whether the last valid batch is the end mark. */
    boolean ended() {
        return ended;
    }

    /** Highest take number that a batch has. */
    int lastTake() {
        return lastTake;
    }

    /** Newest stamp, or {@link Long#MIN_VALUE}. */
    long lastStampNanos() {
        return lastStampNanos;
    }

    /** The recording and the room before the event {@link #describedEvents}, if that can be read. */
    Event.@Nullable RecordingStarted description() {
        return description;
    }

    long describedEvents() {
        return describedEvents;
    }

    /** Events by number. */
    TreeMap<Long, Event> events() {
        return events;
    }
}
