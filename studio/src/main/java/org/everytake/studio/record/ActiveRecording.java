package org.everytake.studio.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.everytake.call.Room;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.record.RecordingStatus.Phase;
import org.everytake.studio.record.RecordingStatus.Trouble;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Tape;
import org.jspecify.annotations.Nullable;

/**
 * One recording, from Record to the end of its tape: where the room's loop, the tape thread, and those who start and stop
 * it meet. None of them waits here; what takes time is handed to {@link Recordings}.
 *
 * <p>Any thread may use it: what changes is volatile, atomic, or a future.
 */
final class ActiveRecording implements Recorder.Parent, SpoolNews.Watcher {

    /** Who does what takes time. Hands it to a thread of its own. */
    interface Parent {
        void changed(ActiveRecording recording);

        void joined(ActiveRecording recording, String person, String name);

        void deserted(ActiveRecording recording);

        void dropped();

        /** The disk takes again what is sent. */
        void begunAgain(ActiveRecording recording);
    }

    final UUID id;
    final String session;
    final SessionMode mode;
    final Room room;
    private final Parent parent;

    private volatile RecordingStatus status;
    private volatile @Nullable String trouble;
    private volatile boolean losing;

    /** Done once a packet of any take is durable. */
    final CompletableFuture<Void> durable = new CompletableFuture<>();
    /** Done once starting has come to its end, either way. */
    final CompletableFuture<Void> settled = new CompletableFuture<>();
    /** What the one who stops it brings about; others wait for the same. */
    final CompletableFuture<Recording> stopped = new CompletableFuture<>();

    final AtomicBoolean stopping = new AtomicBoolean();
    final AtomicLong sealedBytes = new AtomicLong();
    final List<SealedSegment> segments = new CopyOnWriteArrayList<>();

    volatile @Nullable Tape tape;
    volatile @Nullable Recorder recorder;
    volatile long keyFramesNanos;

    /**
     * Where the tape was cut off by an earlier run of the server.
     *
     * @param lastStampNanos newest stamp of what lies before
     * @param deadlineNanos until when it may go on, by the nano clock
     */
    record Cut(long lastStampNanos, long deadlineNanos) {}

    /** Null if all of it was recorded by this run. */
    volatile @Nullable Cut cut;

    ActiveRecording(
            UUID id,
            String session,
            String title,
            SessionMode mode,
            String startedBy,
            Instant startedAt,
            Room room,
            Parent parent) {
        this.id = id;
        this.mode = mode;
        this.session = session;
        this.room = room;
        this.parent = parent;
        this.status = new RecordingStatus(id.toString(), title, Phase.STARTING, startedAt, startedBy, null, null);
    }

    RecordingStatus status() {
        RecordingStatus now = status;
        if (now.phase() == Phase.FAILED) {
            return now;
        }
        // A fault is shown for as long as it lasts, whatever the phase.
        String sentence = trouble;
        if (losing) {
            return now.with(Trouble.LOSING, reason());
        }
        return sentence == null ? now : now.with(Trouble.BEHIND, sentence);
    }

    void become(Phase phase, @Nullable String detail) {
        status = status.become(phase, detail);
        parent.changed(this);
    }

    void beganAt(Instant zero) {
        RecordingStatus now = status;
        status = new RecordingStatus(
                now.id(), now.title(), now.phase(), zero, now.startedBy(), now.trouble(), now.detail());
    }

    /** Why nothing becomes durable, as far as the tape has said; null if it has not. */
    @Nullable
    String trouble() {
        return trouble;
    }

    @Override
    public void joined(String person, String name) {
        parent.joined(this, person, name);
    }

    @Override
    public void deserted() {
        parent.deserted(this);
    }

    @Override
    public void dropped() {
        parent.dropped();
    }

    @Override
    public void losing(boolean now) {
        losing = now;
        parent.changed(this);
        if (!now) {
            parent.begunAgain(this);
        }
    }

    @Override
    public String reason() {
        String fault = trouble;
        return fault == null ? "The disk is too slow for what is recorded." : fault;
    }

    @Override
    public void committed(int take, long position) {
        if (take > 0 && position > 0 && !durable.isDone()) {
            // Whoever waits goes on elsewhere: this is the tape thread.
            durable.completeAsync(() -> null);
        }
    }

    @Override
    public void sealed(SealedSegment segment) {
        segments.add(segment);
        sealedBytes.addAndGet(segment.sizeBytes());
    }

    @Override
    public void faulted(TapeFault fault) {
        trouble = sentence(fault);
        parent.changed(this);
    }

    @Override
    public void recovered() {
        trouble = null;
        parent.changed(this);
    }

    /** How fast its tape has grown so far, by what of it is sealed. */
    double bytesPerSecond() {
        Recorder ears = recorder;
        return ears == null ? 0 : sealedBytes.get() / Math.max(1, ears.now() / 1e9);
    }

    static String sentence(Throwable fault) {
        String message = fault.getMessage();
        return message == null || message.isBlank() ? "The tape cannot be written." : message;
    }
}
