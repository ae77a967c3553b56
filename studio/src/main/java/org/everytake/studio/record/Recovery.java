package org.everytake.studio.record;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.library.TapeKeys;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.storage.StoreAway;
import org.everytake.tape.TapeFault;
import org.everytake.tape.TapeKey;
import org.everytake.tape.read.Interruption;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.spool.RecoveredRecording;
import org.everytake.tape.spool.SealedSegment;
import org.everytake.tape.spool.Spool;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the recordings that an earlier run left unfinished, or brings them to their end. Before the doors open,
 * what lies on the spool is made whole and entered in the ledger; reading it takes longer and is a job. Twice equals
 * once.
 */
public final class Recovery {
    /** The job that finishes a recording from its tape. */
    public static final String FINISH = "tape.finish";

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int MOST = 10_000;
    private static final int ATTEMPTS = 5;

    private final Jdbi jdbi;
    private final Spool spool;
    private final TapeKeys keys;
    private final TapeShelf shelf;
    private final RecordingStore recordings;
    private final SegmentStore segments;
    private final Finishing finishing;
    private final JobQueue jobs;
    private final Recordings recorder;
    private final InstantSource clock;

    public Recovery(
            Jdbi jdbi,
            Spool spool,
            TapeKeys keys,
            TapeShelf shelf,
            RecordingStore recordings,
            SegmentStore segments,
            Finishing finishing,
            JobQueue jobs,
            Recordings recorder,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.spool = spool;
        this.keys = keys;
        this.shelf = shelf;
        this.recordings = recordings;
        this.segments = segments;
        this.finishing = finishing;
        this.jobs = jobs;
        this.recorder = recorder;
        this.clock = clock;
    }

    /**
     * Before the doors open, and before anything records.
     *
     * @throws TapeFault if a newer program wrote the spool, or the disk cannot be written
     */
    public void run() throws TapeFault {
        for (RecoveredRecording found : spool.recover(this::key)) {
            UUID id = UUID.fromString(found.recording());
            // A deleted one, too, may be brought back, and with all of its tape.
            Recording known = recordings.findWithTape(id).orElse(null);
            if (known == null) {
                LOG.warn("The spool holds recording {}, which the library does not know; it stays there", id);
                continue;
            }
            found.damage()
                    .forEach(damage -> LOG.warn(
                            "Recording {}: {} at {} of segment {}",
                            id,
                            damage.what(),
                            damage.offset(),
                            damage.segment()));
            enter(known, found);
            if (known.state().isLive() && !recorder.goOn(known, found)) {
                LOG.info(
                        "Recording {} was {} when the server ended; {} of it are on tape",
                        known.id(),
                        known.state(),
                        Duration.ofNanos(found.lastStampNanos()));
                finishLater(known, found);
            }
        }
        for (Recording left : recordings.unfinished(MOST)) {
            if (recorder.runs(left.id())) {
                continue;
            }
            LOG.info("Recording {} was {} when the server ended, and is finished now", left.id(), left.state());
            finishLater(left, null);
        }
    }

    private @Nullable TapeKey key(String recording) {
        try {
            return keys.find(UUID.fromString(recording)).orElse(null);
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("The key of recording {} cannot be read", recording, e);
            return null;
        }
    }

    private void enter(Recording known, RecoveredRecording found) {
        jdbi.useTransaction(handle -> found.segments()
                .forEach(segment -> segments.sealed(known.id(), segment.name(), segment.sizeBytes(), clock.instant())));
    }

    private void finishLater(Recording known, @Nullable RecoveredRecording found) {
        jdbi.useTransaction(handle -> {
            Instant end = found == null || found.started() == null
                    ? clock.instant()
                    : found.started().zero().plusNanos(found.lastStampNanos());
            boolean whole = found != null && found.stopped();
            recordings.stopping(known.id(), end, whole ? null : Away.CUT_SHORT);
            jobs.enqueue(FINISH, known.id().toString());
        });
    }

    /** Finishes a recording from its tape. */
    public JobKind finishing() {
        return JobKind.of(FINISH, ATTEMPTS, Duration.ofSeconds(2), StoreAway.waits(this::finish), this::gaveUp);
    }

    private void finish(Job job) throws IOException, TapeFault {
        UUID id = UUID.fromString(job.subject());
        Recording recording = recordings.find(id).orElse(null);
        if (recording == null || recording.state() != RecordingState.STOPPING) {
            return;
        }
        if (segments.of(id).isEmpty()) {
            recordings.failed(id, "The server ended before anything was recorded.");
            return;
        }
        List<SealedSegment> onSpool = spool.segments(id.toString());
        try (RecordedTape tape = shelf.open(id)) {
            Away.sentence(Interruption.of(tape.journal())).ifPresent(missing -> recordings.lacks(id, missing));
            finishing.finish(id, TapeCensus.of(tape), onSpool);
        }
    }

    private void gaveUp(String subject, Throwable reason) {
        recordings.failed(UUID.fromString(subject), ActiveRecording.sentence(reason));
    }
}
