package org.everytake.tape.spool;

import java.util.ArrayList;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.format.EventCodec;
import org.everytake.tape.format.RecordHeader;
import org.everytake.tape.format.SegmentSeal.Slice;

/**
 * The journal of an open recording: what is durable, folded to a snapshot, and the events that wait for the next commit.
 * Owned by the tape thread.
 */
final class Journal {
    private record Waiting(Event event, byte[] record) {}

    private final Event.RecordingStarted started;
    private final List<Waiting> waiting = new ArrayList<>();
    private Snapshot snapshot;
    private long committed;
    private long lastStampNanos;
    private long waitingBytes;
    private int waitingFromCall;

    /**
     * @param started with the room as it is after the events before {@code nextEvent}
     * @param nextEvent 0 for a new recording
     */
    Journal(Event.RecordingStarted started, long nextEvent, long lastStampNanos) {
        this.started = started;
        this.snapshot = started.snapshot();
        this.committed = nextEvent;
        this.lastStampNanos = lastStampNanos;
    }

    /** An event that the call sent; its bytes are given back when it is durable. */
    void add(Message.Journalled message) {
        waitingBytes += message.bytes().length;
        waitingFromCall++;
        add(message.stampNanos(), message.event(), message.bytes());
    }

    /** An event of the tape's own. */
    void add(long stampNanos, Event event) {
        add(stampNanos, event, EventCodec.encode(event));
    }

    private void add(long stampNanos, Event event, byte[] bytes) {
        long number = committed + waiting.size();
        lastStampNanos = Math.max(lastStampNanos, stampNanos);
        waiting.add(new Waiting(event, RecordHeader.record(RecordHeader.EVENT, 0, number, stampNanos, bytes)));
    }

    long lastStampNanos() {
        return lastStampNanos;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** What each segment begins with: the recording, with the room as it is before the events that wait. */
    Slice description() {
        Event now = new Event.RecordingStarted(
                started.recording(), started.session(), started.title(), started.zero(), snapshot);
        return Slice.of(
                RecordHeader.record(RecordHeader.DESCRIPTION, 0, committed, lastStampNanos, EventCodec.encode(now)));
    }

    /** The records that wait. */
    List<Slice> records() {
        return waiting.stream().map(w -> Slice.of(w.record)).toList();
    }

    /** What waited is durable. */
    void commit(OpenTape tape) {
        for (Waiting event : waiting) {
            snapshot = snapshot.after(event.event);
        }
        committed += waiting.size();
        tape.committed(committed, waitingBytes, waitingFromCall);
        waiting.clear();
        waitingBytes = 0;
        waitingFromCall = 0;
    }

    long committed() {
        return committed;
    }
}
