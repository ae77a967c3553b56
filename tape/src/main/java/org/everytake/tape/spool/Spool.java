package org.everytake.tape.spool;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.everytake.tape.Event;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.SegmentSource;
import org.jspecify.annotations.Nullable;

/**
 * The folder that recordings are written to, and the one thread that writes. At each tick the tape thread writes what
 * every take of every open recording has gathered, then forces each recording's file once.
 */
public interface Spool extends AutoCloseable {

    /** Finds the key of a recording. */
    @FunctionalInterface
    interface KeyOf {
        /** The recording's key, or null if there is none. */
        @Nullable
        TapeKey key(String recording);
    }

    /**
     * Takes the folder (made if missing) and starts the tape thread. Open segments of an earlier run stay as they are
     * until {@link #recover}.
     *
     * @throws TapeFault if the folder cannot be written or another process uses it
     */
    static Spool open(Path folder, SpoolOptions options, SpoolListener listener) throws TapeFault {
        SpoolWorld world = new SpoolWorld(options, new FileDisk(), System::nanoTime, new SecureRandom());
        return TickingSpool.open(world, folder, listener);
    }

    /**
     * Seals what an earlier run left open: cuts what follows the last valid batch, journals {@link Event.Interrupted}
     * where the recording had not stopped. Before the first {@link #create}. Twice is the same as once.
     *
     * @return every recording on the spool; one whose key is missing or another one, or whose files cannot be read or
     *     written, is left as it is, and its damage says so
     * @throws TapeFault if a segment was written by a newer program, or the spool's folder cannot be read
     */
    List<RecoveredRecording> recover(KeyOf keys) throws TapeFault;

    /**
     * Begins a recording. When this returns, its journal's first event is durable. Waits for the disk.
     *
     * @param started its recording's id: 1 to 64 letters, digits and hyphens
     * @throws TapeFault in a sentence: disk full, low on space, not writable
     */
    Tape create(TapeKey key, Event.RecordingStarted started) throws TapeFault;

    /** Goes on with a recording that was interrupted, in a new segment. Waits for the disk. */
    Tape resume(TapeKey key, RecoveredRecording recovered) throws TapeFault;

    /**
     * Room on the spool's disk.
     *
     * @param usableBytes free, the reserve included
     * @param reserveBytes kept for recordings that run
     */
    record Space(long usableBytes, long reserveBytes) {
        /** What a new recording may count on; below zero when the reserve is in use already. */
        public long freeBytes() {
            return usableBytes - reserveBytes;
        }
    }

    /** Asks the disk, and waits for it. */
    Space space() throws TapeFault;

    /** The sealed segments of a recording that lie on this spool, in order. */
    List<SealedSegment> segments(String recording) throws TapeFault;

    /** All segments of a recording that lie on this spool, the one that is being written included, by name. */
    List<SegmentSource> written(String recording) throws TapeFault;

    /** Deletes a sealed segment, for instance a day after it was shipped; a missing one is no error. */
    void erase(String recording, String segment) throws TapeFault;

    /** Deletes a recording that is not open, with all its segments. */
    void erase(String recording) throws TapeFault;

    /** Commits what there is, seals every open segment, ends the tape thread and waits for it. */
    @Override
    void close();
}
