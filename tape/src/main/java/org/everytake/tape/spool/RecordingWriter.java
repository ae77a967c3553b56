package org.everytake.tape.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.everytake.tape.Event;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.format.BatchHeader;
import org.everytake.tape.format.SegmentHeader;
import org.everytake.tape.format.SegmentSeal;
import org.everytake.tape.format.SegmentSeal.Slice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one open recording: takes what the call left in its messages and chunks, seals it into the open segment, and
 * commits. What a failed commit wrote is written again, in a new segment. Owned by the tape thread.
 */
final class RecordingWriter {
    private static final int EVENT_BATCH_BYTES = 1 << 20;
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final int SEGMENTS_PER_TICK = 16;
    private static final int LAST_ATTEMPTS = 3;

    /** Segments that failed and cannot be settled either: with so many, no more are begun. */
    private static final int MOST_ABANDONED = 16;

    private static final Logger log = LoggerFactory.getLogger(RecordingWriter.class);

    private final SpoolWorld world;
    private final Path folder;
    private final TapeKey key;
    private final OpenTape tape;
    private final Journal journal;
    private final SafeListener listener;
    private final List<TakeWriter> takes = new ArrayList<>();
    private final List<Abandoned> abandoned = new ArrayList<>();
    private @Nullable SegmentWriter segment;
    private @Nullable CompletableFuture<Void> finishing;
    private int nextOrdinal;
    private boolean journalWritten;
    private boolean faulty;
    private long retryAtNanos;
    private @Nullable TapeFault lastFault;

    RecordingWriter(
            SpoolWorld world,
            Path folder,
            TapeKey key,
            OpenTape tape,
            Journal journal,
            SafeListener listener,
            int nextOrdinal) {
        this.world = world;
        this.folder = folder;
        this.key = key;
        this.tape = tape;
        this.journal = journal;
        this.listener = listener;
        this.nextOrdinal = nextOrdinal;
    }

    OpenTape tape() {
        return tape;
    }

    /** Writes the recording's beginning; on failure nothing is left of the segment. */
    void begin(Event first) throws IOException {
        journal.add(journal.lastStampNanos(), first);
        try {
            writeAll();
        } catch (IOException e) {
            abandon();
            settle();
            throw e;
        }
    }

    /** Goes on after recovery without an event of its own. */
    void resume() throws IOException {
        try {
            openSegment().commit();
        } catch (IOException e) {
            abandon();
            settle();
            throw e;
        }
    }

    /**
     * One commit.
     *
     * @return true when the recording is finished and all of it is sealed
     */
    boolean tick() {
        takes.forEach(TakeWriter::mark);
        receive();
        if ((!faulty || world.nanos() - retryAtNanos >= 0) && abandoned.size() < MOST_ABANDONED) {
            try {
                writeAll();
                sealIfDue();
                mended();
            } catch (IOException | RuntimeException e) {
                fault(e);
            }
        }
        settle();
        if (finishing == null || faulty || !isWritten() || !abandoned.isEmpty()) {
            return false;
        }
        finishing.completeAsync(() -> null); // whoever waits goes on elsewhere, not on the tape thread
        return true;
    }

    /** The spool closes: the last attempts. */
    void close() {
        for (int attempt = 0; attempt < LAST_ATTEMPTS; attempt++) {
            retryAtNanos = world.nanos();
            if (tick()) {
                return;
            }
        }
        try {
            seal(false);
        } catch (IOException | RuntimeException e) {
            fault(e);
        }
        settle();
        tape.closed(new TapeFault("The spool was closed before the recording was written to its end.", lastFault));
    }

    private void receive() {
        for (Message message = tape.poll(); message != null; message = tape.poll()) {
            if (finishing != null) {
                continue; // it came after the end
            }
            switch (message) {
                case Message.Opened opened -> takes.add(new TakeWriter(opened.take()));
                case Message.Described described ->
                    writer(described.take())
                            .ifPresentOrElse(
                                    take -> take.describe(described.stampNanos(), described.description()),
                                    () -> tape.settled(described.description().length));
                case Message.Journalled journalled -> journal.add(journalled);
                case Message.Closed closed -> writer(closed.take()).ifPresent(TakeWriter::closing);
                case Message.Finished finished -> {
                    journalDrops(); // before what is to be last
                    journal.add(finished.stopped());
                    finishing = finished.done();
                }
            }
        }
        if (finishing == null) {
            journalDrops();
        }
    }

    private Optional<TakeWriter> writer(OpenTake take) {
        return takes.stream().filter(writer -> writer.take() == take).findAny();
    }

    private void journalDrops() {
        long lost = tape.takeLostEvents();
        if (lost > 0) {
            journal.add(journal.lastStampNanos(), new Event.PacketsDropped(0, 0, lost));
        }
        for (TakeWriter take : takes) {
            journalDrops(take.take());
        }
    }

    private void journalDrops(OpenTake take) {
        take.unreportedDrops().forEach((stream, count) -> {
            long dropped = count.getAndSet(0);
            if (dropped > 0) {
                journal.add(take.lastDropNanos(), new Event.PacketsDropped(take.number(), stream, dropped));
            }
        });
    }

    /** Writes and commits what there is; seals in between when a segment is full. */
    private void writeAll() throws IOException {
        // bounded, so that one recording cannot keep the others from the disk
        for (int segments = 0; segments < SEGMENTS_PER_TICK && writeOnce(); segments++) {
            seal(false);
        }
    }

    /** Writes and commits as much as the segment takes; true if it is full. */
    private boolean writeOnce() throws IOException {
        long fullBytes = world.options().segmentBytes();
        boolean wrote = finishing == null && writeEvents();
        for (TakeWriter take : takes) {
            if (isFull()) {
                break;
            }
            wrote |= take.write(this::openSegment, fullBytes);
        }
        if (finishing != null && !isFull()) { // RecordingStopped is the last thing on a tape
            wrote |= writeEvents();
        }
        if (wrote) {
            openSegment().commit();
            committed();
        }
        if (isFull()) {
            return true;
        }
        for (Iterator<TakeWriter> each = takes.iterator(); each.hasNext(); ) {
            TakeWriter take = each.next();
            if (take.isOver()) {
                take.take().queue.release();
                each.remove();
            }
        }
        return false;
    }

    private boolean isFull() {
        return segment != null && segment.length() >= world.options().segmentBytes();
    }

    private boolean isWritten() {
        return takes.isEmpty() && !journal.isWaiting();
    }

    private boolean writeEvents() throws IOException {
        if (!journal.isWaiting()) {
            return false;
        }
        SegmentWriter open = openSegment();
        List<Slice> batch = new ArrayList<>();
        int bytes = 0;
        for (Slice event : journal.records()) {
            batch.add(event);
            bytes += event.length();
            if (bytes >= EVENT_BATCH_BYTES) {
                open.write(0, 0, batch);
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            open.write(0, 0, batch);
        }
        journalWritten = true;
        return true;
    }

    private void committed() {
        if (journalWritten) {
            journalWritten = false;
            journal.commit(tape);
            listener.committed(tape.recording(), 0, journal.committed());
        }
        for (TakeWriter take : takes) {
            if (take.commit()) {
                listener.committed(tape.recording(), take.take().number(), take.committed());
            }
        }
    }

    private SegmentWriter openSegment() throws IOException {
        SegmentWriter open = segment;
        if (open == null) {
            byte[] salt = world.randomBytes(SegmentHeader.SALT_BYTES);
            SegmentSeal seal = SegmentSeal.create(key, tape.recording(), nextOrdinal, salt);
            try {
                open = SegmentWriter.create(world.disk(), folder, seal, world.nanos());
            } catch (FileAlreadyExistsException e) {
                nextOrdinal++; // left by a failure that could not even be cleared away; recovery looks at it
                throw e;
            }
            nextOrdinal++;
            segment = open;
            open.write(0, BatchHeader.FLAG_DESCRIBES, List.of(journal.description()));
        }
        return open;
    }

    private void sealIfDue() throws IOException {
        if (finishing != null && isWritten()) {
            seal(true);
        } else if (segment != null
                && world.nanos() - segment.createdNanos()
                        >= world.options().segmentAge().toNanos()) {
            seal(false);
        }
    }

    private void seal(boolean last) throws IOException {
        SegmentWriter open = segment;
        if (open != null) {
            SealedSegment sealed = open.seal(last);
            segment = null;
            listener.sealed(tape.recording(), sealed);
        }
    }

    private void fault(Exception e) {
        abandon();
        // at once after a first failure, then each second
        retryAtNanos = world.nanos() + (faulty ? RETRY_NANOS : 0);
        faulty = true;
        lastFault = new TapeFault("The recording cannot be written: " + FaultWords.of(e), e);
        listener.faulted(tape.recording(), lastFault);
    }

    private void mended() {
        if (faulty) {
            faulty = false;
            listener.recovered(tape.recording());
        }
    }

    private void abandon() {
        SegmentWriter open = segment;
        if (open != null) {
            abandoned.add(open.abandon());
            segment = null;
        }
        takes.forEach(TakeWriter::rewind);
        journalWritten = false;
    }

    /** Cuts and seals what failures left; what cannot be, yet, is tried again at the next tick. */
    private void settle() {
        for (Iterator<Abandoned> each = abandoned.iterator(); each.hasNext(); ) {
            Abandoned next = each.next();
            SealedSegment sealed;
            try {
                sealed = next.settle();
            } catch (IOException e) {
                log.debug("Segment {} of {} cannot be sealed yet", next.ordinal(), tape.recording(), e);
                continue;
            }
            each.remove();
            if (sealed != null) {
                listener.sealed(tape.recording(), sealed);
            } else if (nextOrdinal == next.ordinal() + 1) {
                nextOrdinal = next.ordinal(); // nothing of it is left: no gap in the count
            }
        }
    }
}
