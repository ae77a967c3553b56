package org.everytake.tape.spool;

import java.util.concurrent.CompletableFuture;
import org.everytake.tape.Event;

/** What the threads of a call tell the tape thread, in order. */
@SuppressWarnings("ArrayRecordComponent") // never compared
sealed interface Message {

    /** A take began; its description follows. */
    record Opened(OpenTake take) implements Message {}

    record Described(OpenTake take, long stampNanos, byte[] description) implements Message {}

    record Journalled(long stampNanos, Event event, byte[] bytes) implements Message {}

    record Closed(OpenTake take) implements Message {}

    /** The recording ends; after {@code stopped} nothing is journalled. */
    record Finished(Journalled stopped, CompletableFuture<Void> done) implements Message {}
}
