package org.everytake.tape.spool;

import org.everytake.tape.TakeDescription;

/**
 * One open take of an open recording. One thread at a time appends (a live take's is the call's loop); the rest may be
 * called from any thread. Nothing here waits for the disk.
 */
public interface Take {
    /** The most bytes that one record holds. */
    int MAX_RECORD_BYTES = 32_000;

    /** Answer of {@link #append} for a record that was dropped. */
    long DROPPED = -1;

    /** The take's number in its recording, from 1. */
    int number();

    /**
     * Hands a record to the tape: copied, not yet durable. The only way in, for a live packet and for an uploaded block
     * alike. A record whose stream and sequence were appended before is dropped when read.
     *
     * @param stream as described, 0 to 65535
     * @param sequence the stream's extended number
     * @param stampNanos since the recording's zero
     * @param length 0 to {@link #MAX_RECORD_BYTES}; a longer one is dropped
     * @return its position: the number of records that this take has accepted, this one included; or {@link #DROPPED}
     *     when the memory for what waits for the disk is used up or the take is closed. A drop is counted and
     *     journalled.
     */
    long append(int stream, long sequence, long stampNanos, byte[] bytes, int offset, int length);

    /**
     * Writes a changed description, for instance with a new stream, before what is appended from now on.
     *
     * @return false when the memory for what waits for the disk is used up, so that it will not be written
     */
    boolean describe(long stampNanos, TakeDescription description);

    /** Every record up to this position is durable. */
    long committed();

    /** Records dropped so far. */
    long dropped();

    /** Ends the take: what was appended is still committed, nothing more is accepted. Twice is the same as once. */
    void close(long stampNanos, String reason);
}
