package org.everytake.tape.read;

import java.util.List;
import org.everytake.tape.TakeDescription;

/** A take as it lies on tape. Owned, as its tape is, by one thread at a time. */
public interface RecordedTake {

    /** A description and since when it holds. */
    record Described(long stampNanos, TakeDescription description) {}

    /** The take's number. */
    int number();

    /** The newest description, with every stream and codec that the take ever had. */
    TakeDescription description();

    /** Every description, oldest first; repetitions left out. */
    List<Described> descriptions();

    /**
     * The records in order of stream, then sequence, duplicates dropped. Read batch by batch while iterating: memory
     * stays small. May be iterated again. Iterating throws {@link java.io.UncheckedIOException} when a segment cannot
     * be read; damaged batches are left out and named by {@link RecordedTape#damage()}.
     */
    Iterable<TapeRecord> records();

    /** The records of one stream in order of sequence, duplicates dropped. */
    Iterable<TapeRecord> records(int stream);

    /**
     * The same without those that came before a time: for whoever needs the middle of a long stream. Of what came in the
     * same commit as the first of them some may be earlier.
     *
     * @param fromNanos since the recording's zero
     */
    Iterable<TapeRecord> records(int stream, long fromNanos);

    /** The records of all streams in the order in which they were appended, duplicates dropped. */
    Iterable<TapeRecord> arrivals();

    /**
     * What of this take could not be read so far, in the order of the tape; grows while records are read. Damage of which
     * nobody can say whose it is, such as a segment that is gone, is only in {@link RecordedTape#damage()}.
     */
    List<Damage> damage();
}
