package org.everytake.tape.spool;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.tape.Event;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeFault;
import org.everytake.tape.format.DescriptionCodec;
import org.everytake.tape.format.EventCodec;
import org.jspecify.annotations.Nullable;

/**
 * The side of an open tape that the call sees. Takes open and close under its lock, which is held for a few
 * instructions, by the tape thread only at the very end; all else crosses in the queue of messages.
 */
final class OpenTape implements Tape {
    /** Memory for events and descriptions that wait for the disk. */
    static final long MAX_WAITING_BYTES = 16 << 20;

    static final int MAX_EVENT_BYTES = 1 << 20;
    static final int MAX_DESCRIPTION_BYTES = 64 << 10;
    private static final int OVERHEAD_BYTES = 64;

    private final String recording;
    private final ChunkPool pool;
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong lostEvents = new AtomicLong();
    private volatile long committed;

    // under the lock
    private final Set<Integer> numbers = new HashSet<>();
    private final List<OpenTake> open = new ArrayList<>();
    private final int firstTake;
    private int nextTake;
    private @Nullable CompletableFuture<Void> finished;
    private @Nullable TapeFault closedBecause;

    OpenTape(String recording, ChunkPool pool, int lastTake) {
        this.recording = recording;
        this.pool = pool;
        this.firstTake = lastTake + 1;
        this.nextTake = firstTake;
    }

    @Override
    public String recording() {
        return recording;
    }

    @Override
    public synchronized int nextTake() {
        while (numbers.contains(nextTake)) {
            nextTake++;
        }
        return nextTake++;
    }

    @Override
    public boolean hasRoom() {
        return pool.hasRoom() && waitingBytes.get() <= MAX_WAITING_BYTES / 2;
    }

    @Override
    public synchronized Take open(long stampNanos, TakeDescription description) {
        int number = description.take();
        if (finished != null) {
            throw new IllegalStateException("the tape of " + recording + " is finished");
        }
        if (number < firstTake || numbers.contains(number)) {
            throw new IllegalArgumentException("take " + number + " of " + recording + " was there before");
        }
        byte[] bytes = encode(description);
        numbers.add(number);
        OpenTake take = new OpenTake(this, number, new ChunkQueue(pool));
        open.add(take);
        messages.add(new Message.Opened(take));
        messages.add(described(take, stampNanos, bytes));
        messages.add(needed(stampNanos, new Event.TakeOpened(number, description.source())));
        return take;
    }

    @Override
    public void record(long stampNanos, Event event) {
        Message message = journalled(stampNanos, event);
        if (message != null) {
            messages.add(message);
        }
    }

    /** The message for an event there is memory for, else null. */
    private Message.@Nullable Journalled journalled(long stampNanos, Event event) {
        Message.Journalled message = needed(stampNanos, event);
        if (waitingBytes.get() > MAX_WAITING_BYTES) {
            waitingBytes.addAndGet(-cost(message));
            lostEvents.incrementAndGet();
            return null;
        }
        return message;
    }

    /**
     * The message for one of the few events that the tape cannot do without. There are no more of them than takes are
     * opened, and for those there is {@link #hasRoom}.
     */
    private Message.Journalled needed(long stampNanos, Event event) {
        byte[] bytes = EventCodec.encode(event);
        if (bytes.length > MAX_EVENT_BYTES) {
            throw new IllegalArgumentException("an event of " + bytes.length + " bytes is too large for a journal");
        }
        Message.Journalled message = new Message.Journalled(stampNanos, event, bytes);
        waitingBytes.addAndGet(cost(message));
        return message;
    }

    private static long cost(Message.Journalled message) {
        return message.bytes().length + OVERHEAD_BYTES;
    }

    private Message.Described described(OpenTake take, long stampNanos, byte[] description) {
        waitingBytes.addAndGet(description.length + OVERHEAD_BYTES);
        return new Message.Described(take, stampNanos, description);
    }

    @Override
    public long committed() {
        return committed;
    }

    @Override
    public synchronized CompletableFuture<Void> finish(long stampNanos, String reason) {
        CompletableFuture<Void> done = finished;
        if (done == null) {
            done = new CompletableFuture<>();
            finished = done;
            if (closedBecause != null) {
                done.completeExceptionally(closedBecause);
            }
            for (OpenTake take : List.copyOf(open)) {
                close(take, stampNanos, reason);
            }
            messages.add(new Message.Finished(needed(stampNanos, new Event.RecordingStopped(reason)), done));
        }
        return done.copy();
    }

    /** False if there is no memory for it: half of it is the events' own, and a batch must hold all that waits of a take. */
    boolean describe(OpenTake take, long stampNanos, TakeDescription description) {
        byte[] bytes = encode(description);
        if (waitingBytes.get() > MAX_WAITING_BYTES / 2) {
            return false;
        }
        messages.add(described(take, stampNanos, bytes));
        return true;
    }

    private static byte[] encode(TakeDescription description) {
        byte[] bytes = DescriptionCodec.encode(description);
        if (bytes.length > MAX_DESCRIPTION_BYTES) {
            throw new IllegalArgumentException("a description of " + bytes.length + " bytes is too large");
        }
        return bytes;
    }

    synchronized void close(OpenTake take, long stampNanos, String reason) {
        if (take.refuse()) {
            open.remove(take);
            messages.add(needed(stampNanos, new Event.TakeClosed(take.number(), reason)));
            messages.add(new Message.Closed(take));
        }
    }

    /** The tape thread's last word: nobody writes any more. Whoever waits for the end is told, unless it came. */
    void closed(TapeFault because) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            closedBecause = because;
            waiting = finished;
        }
        if (waiting != null) {
            waiting.completeExceptionally(because);
        }
    }

    /** The tape thread's: the next message, or null. */
    @Nullable
    Message poll() {
        return messages.poll();
    }

    /** The tape thread's: these events are durable. */
    void committed(long events, long bytes, int count) {
        waitingBytes.addAndGet(-bytes - (long) count * OVERHEAD_BYTES);
        committed = events;
    }

    /** The tape thread's: a description of so many bytes is durable, or nobody needs it any more. */
    void settled(int descriptionBytes) {
        waitingBytes.addAndGet(-descriptionBytes - OVERHEAD_BYTES);
    }

    /** The tape thread's: events that there was no memory for, since it was last asked. */
    long takeLostEvents() {
        return lostEvents.getAndSet(0);
    }
}
