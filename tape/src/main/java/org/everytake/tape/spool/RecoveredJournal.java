package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.Damaged;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentSeal;
import org.everytake.tape.format.SegmentSeal.Slice;
import org.everytake.tape.read.Damage;
import org.jspecify.annotations.Nullable;

/**
 * Where a recording's journal stands, read from its newest segments: back to the newest one whose description is whole,
 * because that holds the room as it was. Runs on the tape thread.
 */
final class RecoveredJournal {
    static final String REASON = "The recorder ended before the recording did.";

    private final List<Damage> damage = new ArrayList<>();
    private final TreeMap<Long, Event> events = new TreeMap<>();
    private final int lastOrdinal;
    private Event.@Nullable RecordingStarted started;
    private long nextEvent;
    private long lastStampNanos;
    private int lastTake;

    private RecoveredJournal(int lastOrdinal) {
        this.lastOrdinal = lastOrdinal;
    }

    static RecoveredJournal read(String recording, TapeKey key, List<Recovery.Found> segments)
            throws IOException, TapeFault {
        RecoveredJournal journal = new RecoveredJournal(
                segments.isEmpty() ? 0 : segments.getLast().name().ordinal());
        for (Recovery.Found segment : segments.reversed()) {
            try {
                SegmentScan scan = SegmentScan.of(segment.file(), recording, key);
                if (journal.add(scan)) {
                    break;
                }
            } catch (Damaged e) {
                journal.damage.add(new Damage(segment.name().toString(), 0, String.valueOf(e.getMessage())));
            }
        }
        return journal;
    }

    /** Takes a segment in, newest first; true when no older one is needed. */
    private boolean add(SegmentScan scan) {
        damage.addAll(scan.damage());
        events.putAll(scan.events());
        lastStampNanos = Math.max(lastStampNanos, scan.lastStampNanos());
        lastTake = Math.max(lastTake, scan.lastTake());
        Event.RecordingStarted description = scan.description();
        if (description == null) {
            return false;
        }
        Snapshot room = description.snapshot();
        for (Event event : events.tailMap(scan.describedEvents(), true).values()) {
            room = room.after(event);
        }
        nextEvent = events.isEmpty() ? scan.describedEvents() : Math.max(scan.describedEvents(), events.lastKey() + 1);
        started = with(description, room);
        return true;
    }

    private Event.RecordingStarted with(Event.RecordingStarted described, Snapshot room) {
        Snapshot counted =
                new Snapshot(room.people(), room.mutes(), room.reports(), Math.max(room.lastTake(), lastTake));
        return new Event.RecordingStarted(
                described.recording(), described.session(), described.title(), described.zero(), counted);
    }

    private boolean stopped() {
        return lastEvent() instanceof Event.RecordingStopped;
    }

    boolean needsInterrupted() {
        return started != null && !stopped() && !(lastEvent() instanceof Event.Interrupted);
    }

    private @Nullable Event lastEvent() {
        return events.isEmpty() ? null : events.lastEntry().getValue();
    }

    /** Writes a segment that says so. */
    void interrupt(SpoolWorld world, Path home, TapeKey key, String recording) throws IOException {
        Event.RecordingStarted room = Objects.requireNonNull(started);
        Event interrupted = new Event.Interrupted(REASON);
        Journal journal = new Journal(room, nextEvent, lastStampNanos);
        journal.add(lastStampNanos, interrupted);
        byte[] salt = world.randomBytes(SegmentHeader.SALT_BYTES);
        SegmentSeal seal = SegmentSeal.create(key, recording, lastOrdinal + 1, salt);
        SegmentWriter segment = SegmentWriter.create(world.disk(), home, seal, world.nanos());
        try {
            List<Slice> records = new ArrayList<>();
            records.add(journal.description());
            records.addAll(journal.records());
            segment.write(0, BatchHeader.FLAG_DESCRIBES, records);
            segment.seal(true);
        } catch (IOException e) {
            segment.abandon().settle();
            throw e;
        }
        events.put(nextEvent, interrupted);
        nextEvent++;
        started = with(room, room.snapshot().after(interrupted));
    }

    RecoveredRecording result(String recording, List<SealedSegment> sealed) {
        int nextOrdinal = sealed.isEmpty() ? lastOrdinal + 1 : sealed.getLast().ordinal() + 1;
        return new RecoveredRecording(
                recording, started, stopped(), lastStampNanos, nextEvent, nextOrdinal, sealed, damage);
    }
}
