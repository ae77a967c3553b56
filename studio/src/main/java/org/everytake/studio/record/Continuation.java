package org.everytake.studio.record;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.everytake.call.Room;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.spool.RecoveredRecording;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Tape;

/** Takes up a recording that an earlier run of the server was cut off from, in the next part of its tape. Any thread. */
final class Continuation {
    private final RecorderOptions options;
    private final Recordings.World world;

    Continuation(RecorderOptions options, Recordings.World world) {
        this.options = options;
        this.world = world;
    }

    /** How long it may still wait for somebody to send again; not positive if it is to be finished as it is. */
    Duration left(Recording known, RecoveredRecording found) {
        Event.RecordingStarted started = found.started();
        if (known.state() != RecordingState.RECORDING
                || known.deletedAt() != null
                || started == null
                || found.stopped()) {
            return Duration.ZERO;
        }
        Instant cutAt = started.zero().plusNanos(found.lastStampNanos());
        Duration away = Duration.between(cutAt, world.clock().instant());
        // A clock that was set back says nothing about how long it was.
        return options.continueWithin().minus(away.isNegative() ? Duration.ZERO : away);
    }

    /** The recording as it is going to run. */
    ActiveRecording of(Recording known, RecoveredRecording found, ActiveRecording.Parent parent) {
        Event.RecordingStarted started = found.started();
        if (started == null) {
            throw new IllegalArgumentException("a recording without a beginning has no time left");
        }
        String session = known.session().toString();
        Room room = world.rooms().apply(session);
        String startedBy = known.startedBy() == null ? "" : known.startedBy();
        return new ActiveRecording(
                known.id(), session, known.title(), known.mode(), startedBy, started.zero(), room, parent);
    }

    /**
     * Opens its tape again.
     *
     * @param left how long it waits
     * @return who hears what is sent, once the room knows it
     * @throws TapeFault if the tape cannot be gone on with
     */
    Recorder resume(ActiveRecording active, RecoveredRecording found, Duration left) throws TapeFault, IOException {
        TapeKey key = world.keys().find(active.id).orElseThrow(() -> new TapeFault("Its key is gone."));
        world.news().watch(active.id.toString(), active);
        Tape tape = world.spool().resume(key, found);
        long now = world.nanoClock().getAsLong();
        long sinceZero = Duration.between(
                        active.status().startedAt(), world.clock().instant())
                .toNanos();
        long zeroNanos = now - Math.max(sinceZero, found.lastStampNanos() + 1);
        var recorder =
                new Recorder(tape, Snapshot.EMPTY, zeroNanos, world.nanoClock(), active.mode.recordsPicture(), active);
        active.tape = tape;
        active.recorder = recorder;
        active.keyFramesNanos = now;
        active.cut = new ActiveRecording.Cut(found.lastStampNanos(), now + left.toNanos());
        active.sealedBytes.addAndGet(
                found.segments().stream().mapToLong(SealedSegment::sizeBytes).sum());
        return recorder;
    }
}
