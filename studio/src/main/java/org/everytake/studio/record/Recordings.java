package org.everytake.studio.record;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.everytake.call.PersonState;
import org.everytake.call.Room;
import org.everytake.studio.db.DatabaseTrouble;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.SessionMode;
import org.everytake.studio.library.TakeStore;
import org.everytake.studio.library.TapeKeys;
import org.everytake.studio.record.RecordingStatus.Phase;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.RecoveredRecording;
import org.everytake.tape.spool.Spool;
import org.everytake.tape.spool.Tape;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Starts and stops recordings. A start returns when a packet of it is durable, and not a moment before anybody is told
 * that it records. Any thread may call; each call may block, but neither a call's loop nor the tape thread ever waits
 * for it.
 */
public final class Recordings implements ActiveRecording.Parent, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final DatabaseTrouble DATABASE = new DatabaseTrouble(null);

    /**
     * What recordings need of the world.
     *
     * @param finishLater has a recording finished from its tape, which is sealed
     */
    public record World(
            Function<String, Room> rooms,
            Spool spool,
            SpoolNews news,
            TapeKeys keys,
            RecordingStore recordings,
            TakeStore takes,
            Finishing finishing,
            Consumer<UUID> finishLater,
            Supplier<UUID> ids,
            InstantSource clock,
            LongSupplier nanoClock,
            Executor executor) {}

    private final RecorderOptions options;
    private final World world;
    private final Beginning beginning;
    private final Continuation continuation;
    private final ConcurrentHashMap<String, ActiveRecording> bySession = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, ActiveRecording> byId = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private volatile RecordingListener listener = ignored -> {};

    public Recordings(RecorderOptions options, World world) {
        this.options = options;
        this.world = world;
        this.beginning = new Beginning(options, world);
        this.continuation = new Continuation(options, world);
    }

    /** How many run at this moment. */
    public int running() {
        return byId.size();
    }

    /** How many packets found no room on their way to a tape, since the server started. */
    public long droppedPackets() {
        return dropped.sum();
    }

    @Override
    public void dropped() {
        dropped.increment();
    }

    /** What begins anew is of use from its first key frame on. */
    @Override
    public void begunAgain(ActiveRecording active) {
        active.room.requestKeyFrames();
    }

    /** Who is told of changes; the rooms are made after this. */
    public void tell(RecordingListener told) {
        listener = told;
    }

    /** How the session's recording stands; null if there is none. Does not block. */
    public @Nullable RecordingStatus status(String session) {
        ActiveRecording active = bySession.get(session);
        return active == null ? null : active.status();
    }

    /**
     * Starts a recording; returns when its first packet is durable.
     *
     * @param mode the session's
     * @param startedBy the name of the person who pressed Record
     * @throws Refused {@code already-recording}, {@code nobody-there}, {@code disk-full}, {@code recorder-failed}
     */
    public Recording start(String session, String title, SessionMode mode, String startedBy) {
        Room room = world.rooms().apply(session);
        List<PersonState> people = Beginning.senders(room);
        Instant now = world.clock().instant();
        var active = new ActiveRecording(world.ids().get(), session, title, mode, startedBy, now, room, this);
        ActiveRecording other =
                bySession.compute(session, (ignored, known) -> known == null || isOver(known) ? active : known);
        if (other != active || !entered(active, title, startedBy, now)) {
            throw new Refused(ErrorId.ALREADY_RECORDING, "This session is being recorded already.");
        }
        byId.put(active.id, active);
        try (var context = MDC.putCloseable("recording", active.id.toString())) {
            changed(active);
            return begin(active, people);
        } finally {
            active.settled.complete(null);
        }
    }

    /** In the library, or nowhere: a session must not stay taken by what disk or database refused. */
    private boolean entered(ActiveRecording active, String title, String startedBy, Instant now) {
        boolean created = false;
        try {
            Admission.require(world.spool(), byId.values());
            created = world.recordings()
                    .create(active.id, UUID.fromString(active.session), title, active.mode, startedBy, now);
            return created;
        } finally {
            if (!created) {
                bySession.remove(active.session, active);
            }
        }
    }

    private static boolean isOver(ActiveRecording known) {
        return known.status().phase() == Phase.FAILED;
    }

    private Recording begin(ActiveRecording active, List<PersonState> people) {
        long deadline = world.nanoClock().getAsLong() + options.attempt().toNanos();
        try {
            world.news().watch(active.id.toString(), active);
            for (PersonState person : people) {
                world.takes().person(active.id, person.person(), person.name());
            }
            Recorder recorder = beginning.tape(active, people, deadline);
            active.recorder = recorder;
            RoomAnswer.of(active.room.add(recorder));
            active.room.requestKeyFrames();
            active.keyFramesNanos = world.nanoClock().getAsLong();
            beginning.awaitFirstPacket(active, deadline);
            Recording recording =
                    world.recordings().recording(active.id, active.status().startedAt());
            LOG.info("Recording began in session {}", active.session);
            active.become(Phase.RECORDING, null);
            return recording;
        } catch (TapeFault | IOException | RuntimeException e) {
            LOG.error("Recording could not be started", e);
            String sentence = ActiveRecording.sentence(e);
            giveUp(active, sentence);
            throw new Refused(ErrorId.RECORDER_FAILED, sentence);
        }
    }

    /** Nothing of it was durable, so nothing of it is kept. */
    private void giveUp(ActiveRecording active, String sentence) {
        Recorder recorder = active.recorder;
        try {
            if (recorder != null) {
                RoomAnswer.of(active.room.remove(recorder));
            }
            Tape tape = active.tape;
            if (tape != null) {
                long stamp = recorder == null ? 0 : recorder.now();
                var unused = tape.finish(stamp, "failed")
                        .whenCompleteAsync((nothing, fault) -> discard(active), world.executor());
            } else {
                world.news().forget(active.id.toString());
            }
            world.recordings().failed(active.id, sentence);
        } catch (RuntimeException e) {
            LOG.error("A recording that failed could not be cleared away", e);
        } finally {
            byId.remove(active.id);
            active.become(Phase.FAILED, sentence);
            CompletableFuture.delayedExecutor(
                            options.failureShown().toMillis(), TimeUnit.MILLISECONDS, world.executor())
                    .execute(() -> gone(active));
        }
    }

    private void discard(ActiveRecording active) {
        world.news().forget(active.id.toString());
        try {
            world.spool().erase(active.id.toString());
        } catch (TapeFault e) {
            LOG.warn("What is left of a recording that failed could not be erased", e);
        }
    }

    /**
     * Goes on with a recording that an earlier run of the server was cut off from, in the next part of its tape, as soon
     * as somebody sends again. It waits for them as long as the options say since it was cut off; then it ends.
     *
     * @return false if it does not go on, and is to be finished as it is
     */
    boolean goOn(Recording known, RecoveredRecording found) {
        Duration left = continuation.left(known, found);
        if (!left.isPositive()) {
            return false;
        }
        ActiveRecording active = continuation.of(known, found, this);
        try (var context = MDC.putCloseable("recording", active.id.toString())) {
            Recorder recorder = continuation.resume(active, found, left);
            bySession.put(active.session, active);
            byId.put(active.id, active);
            active.become(Phase.WAITING, null);
            active.settled.complete(null);
            var unused = active.durable.thenRunAsync(() -> wentOn(active), world.executor());
            // Its ears are in the room before the doors are open: nothing of who returns is missed.
            RoomAnswer.of(active.room.add(recorder));
            LOG.info("Recording was cut off, and goes on if somebody comes back within {}", left);
            return true;
        } catch (TapeFault | IOException | RuntimeException e) {
            LOG.error("Recording cannot go on, and is finished as it is", e);
            world.news().forget(active.id.toString());
            byId.remove(active.id, active);
            bySession.remove(active.session, active);
            return false;
        }
    }

    private void wentOn(ActiveRecording active) {
        if (active.status().phase() == Phase.WAITING) {
            LOG.info("Recording {} goes on: somebody sends again", active.id);
            active.become(Phase.RECORDING, null);
            active.room.requestKeyFrames();
        }
    }

    /** Whether it is being recorded, or waits to be. */
    boolean runs(UUID recording) {
        return byId.containsKey(recording);
    }

    /** Stops a recording and returns it when its tape is sealed; one that was stopped before, as it is. */
    public Recording stop(UUID id, String reason) {
        ActiveRecording active = byId.get(id);
        if (active == null) {
            return world.recordings()
                    .find(id)
                    .orElseThrow(() -> new Refused(
                            ErrorId.NO_SUCH_RECORDING, "There is no recording " + id + ". It may have been deleted."));
        }
        active.settled.join();
        if (isOver(active)) {
            return stop(id, reason);
        }
        if (active.stopping.compareAndSet(false, true)) {
            try (var context = MDC.putCloseable("recording", active.id.toString())) {
                end(active, reason);
            } catch (RuntimeException e) {
                LOG.error("Recording could not be ended as it should, and is finished as soon as that can be", e);
                active.stopped.completeExceptionally(e);
                gone(active);
                finishWhenPossible(active.id, world.clock().instant());
                throw e;
            }
        }
        try {
            return active.stopped.get(options.sealing().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The disk needs longer to seal recording {}", id, e);
            return world.recordings().find(id).orElseThrow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Recording " + id + " could not be ended as it should.", e);
        }
    }

    private void end(ActiveRecording active, String reason) {
        Recorder recorder = active.recorder;
        Tape tape = active.tape;
        if (recorder == null || tape == null) {
            throw new IllegalStateException("it records, so it has a recorder");
        }
        active.become(Phase.STOPPING, null);
        // What matters most first: the sink is closed and the tape sealed whether or not the database answers.
        try {
            RoomAnswer.of(active.room.remove(recorder));
        } catch (RuntimeException e) {
            var unused = tape.finish(recorder.now(), reason);
            throw e;
        }
        TapeFacts facts = recorder.facts();
        ActiveRecording.Cut cut = active.cut;
        long endNanos = facts.endNanos();
        Instant end = world.clock().instant();
        if (cut != null && facts.people().isEmpty()) {
            // Nobody came back: it ended when it was cut off.
            endNanos = cut.lastStampNanos();
            end = active.status().startedAt().plusNanos(endNanos);
        }
        CompletableFuture<Void> sealed = tape.finish(endNanos, reason);
        world.recordings().stopping(active.id, end, null);
        var unused = sealed.whenCompleteAsync((ignored, fault) -> sealed(active, facts, fault), world.executor());
    }

    private void sealed(ActiveRecording active, TapeFacts facts, @Nullable Throwable fault) {
        try (var context = MDC.putCloseable("recording", active.id.toString())) {
            if (fault != null) {
                throw new IllegalStateException(ActiveRecording.sentence(fault), fault);
            }
            if (active.cut != null) {
                // What its recorders knew before is on the tape alone.
                world.finishLater().accept(active.id);
                gone(active);
                active.stopped.complete(world.recordings().find(active.id).orElseThrow());
                return;
            }
            Recording recording = world.finishing().finish(active.id, facts, active.segments);
            LOG.info(
                    "Recording ended after {} ms with {} takes",
                    facts.endMillis(),
                    facts.takes().size());
            gone(active);
            active.stopped.complete(recording);
        } catch (RuntimeException e) {
            LOG.error("Recording could not be finished, and is as soon as that can be", e);
            gone(active);
            active.stopped.completeExceptionally(e);
            finishWhenPossible(active.id, world.clock().instant());
        }
    }

    /** Has it finished from its tape, once the database can be asked again. What stands against it otherwise, a start mends. */
    private void finishWhenPossible(UUID id, Instant end) {
        CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, world.executor())
                .execute(() -> {
                    try (var context = MDC.putCloseable("recording", id.toString())) {
                        var unused = world.recordings().stopping(id, end, null);
                        world.finishLater().accept(id);
                    } catch (RuntimeException e) {
                        if (DATABASE.of(e).isPresent()) {
                            finishWhenPossible(id, end);
                        } else {
                            LOG.error("Recording could not be finished; the next start of the server does", e);
                        }
                    }
                });
    }

    private void gone(ActiveRecording active) {
        world.news().forget(active.id.toString());
        byId.remove(active.id, active);
        if (bySession.remove(active.session, active)) {
            listener.recordingChanged(active.session);
        }
    }

    /** Asks for key frames and writes down how much there is by now. Call once a second; may block. */
    public void tick() {
        long now = world.nanoClock().getAsLong();
        for (ActiveRecording active : byId.values()) {
            Recorder recorder = active.recorder;
            ActiveRecording.Cut cut = active.cut;
            Phase phase = active.status().phase();
            if (phase == Phase.WAITING && cut != null && now - cut.deadlineNanos() >= 0) {
                endLater(active, "nobody came back");
            }
            if (recorder == null || phase != Phase.RECORDING) {
                continue;
            }
            if (now - active.keyFramesNanos >= options.keyFrameEvery().toNanos()) {
                active.keyFramesNanos = now;
                active.room.requestKeyFrames();
                world.recordings().grew(active.id, recorder.now() / 1_000_000, active.sealedBytes.get());
            }
        }
    }

    @Override
    public void changed(ActiveRecording active) {
        world.executor().execute(() -> listener.recordingChanged(active.session));
    }

    @Override
    public void joined(ActiveRecording active, String person, String name) {
        world.executor().execute(() -> {
            try {
                world.takes().person(active.id, person, name);
            } catch (RuntimeException e) {
                LOG.warn("Who joined is not listed until the recording ends", e);
            }
        });
    }

    @Override
    public void deserted(ActiveRecording active) {
        // Who looks in while it waits, and sends nothing, does not end it by leaving.
        if (active.status().phase() != Phase.WAITING) {
            endLater(active, "everybody left");
        }
    }

    private void endLater(ActiveRecording active, String reason) {
        world.executor().execute(() -> {
            try {
                stop(active.id, reason);
            } catch (RuntimeException e) {
                LOG.warn("A recording could not be ended because {}", reason, e);
            }
        });
    }

    /**
     * The server stops: what runs is left as a crash would leave it, but for its last words. The next start goes on
     * with it, or finishes it.
     */
    @Override
    public void close() {
        for (ActiveRecording active : List.copyOf(byId.values())) {
            Recorder recorder = active.recorder;
            if (recorder != null && active.stopping.compareAndSet(false, true)) {
                try {
                    RoomAnswer.of(active.room.remove(recorder));
                } catch (RuntimeException e) {
                    LOG.error("Recording {} loses its last moments", active.id, e);
                }
            }
        }
    }
}
