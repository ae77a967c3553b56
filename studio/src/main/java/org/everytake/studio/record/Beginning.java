package org.everytake.studio.record;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.everytake.call.PersonState;
import org.everytake.call.Room;
import org.everytake.studio.http.ErrorId;
import org.everytake.studio.http.Refused;
import org.everytake.tape.Event;
import org.everytake.tape.Snapshot;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.spool.Tape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to happen before anybody may be told that it records. Stateless; any thread; may block. */
final class Beginning {
    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_ASKING = Duration.ofMillis(100);

    /** Three seconds of asking. */
    private static final int MOST_ASKED = 30;

    private final RecorderOptions options;
    private final Recordings.World world;

    Beginning(RecorderOptions options, Recordings.World world) {
        this.options = options;
        this.world = world;
    }

    /** Everybody in the room, once somebody sends: who has just come in needs a moment to connect. */
    static List<PersonState> senders(Room room) {
        for (int asked = 1; ; asked++) {
            List<PersonState> people = RoomAnswer.of(room.people());
            if (people.stream().anyMatch(person -> !person.sends().isEmpty())) {
                return people;
            }
            if (people.isEmpty() || asked == MOST_ASKED) {
                throw new Refused(ErrorId.NOBODY_THERE, "Nobody in the room sends sound or picture yet.");
            }
            pause(BETWEEN_ASKING);
        }
    }

    /** Tries until it succeeds or time is up: a disk may be busy, or full for a moment. */
    Recorder tape(ActiveRecording active, List<PersonState> people, long deadline) throws TapeFault, IOException {
        TapeKey key = world.keys().create(active.id);
        Snapshot snapshot = TapeWords.snapshot(people);
        Duration pause = options.firstPause();
        while (true) {
            Instant zero = world.clock().instant();
            long zeroNanos = world.nanoClock().getAsLong();
            try {
                RecordingStatus status = active.status();
                Tape tape = world.spool()
                        .create(
                                key,
                                new Event.RecordingStarted(
                                        status.id(), active.session, status.title(), zero, snapshot));
                active.tape = tape;
                active.beganAt(zero);
                return new Recorder(tape, snapshot, zeroNanos, world.nanoClock(), active.mode.recordsPicture(), active);
            } catch (TapeFault fault) {
                if (world.nanoClock().getAsLong() + pause.toNanos() > deadline) {
                    throw fault;
                }
                LOG.warn("The tape could not be opened, again in {}", pause, fault);
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private static void pause(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server stops.", e);
        }
    }

    /** The first packet is durable; from then on it records. */
    void awaitFirstPacket(ActiveRecording active, long deadline) throws TapeFault {
        try {
            long left = Math.max(1, deadline - world.nanoClock().getAsLong());
            active.durable.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String trouble = active.trouble();
            String sentence = "No sound and no picture arrived within "
                    + options.attempt().toSeconds() + " seconds.";
            throw new TapeFault(trouble == null ? sentence : trouble, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TapeFault("The server stops.", e);
        } catch (ExecutionException e) {
            throw new TapeFault(ActiveRecording.sentence(e), e);
        }
    }
}
