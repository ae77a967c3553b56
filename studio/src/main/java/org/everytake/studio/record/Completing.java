package org.everytake.studio.record;

import java.time.Duration;
import java.util.Optional;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files made that older versions of the program did not make: the sound alone of recordings which have none. One
 * recording at a time, the newest first, and none while other work waits. Once nothing is lacking, it does nothing until
 * the next start. Its work belongs to one worker at a time.
 */
public final class Completing {
    static final String KIND = "files.complete";

    private static final Logger LOG = LoggerFactory.getLogger(Completing.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final RecordingStore recordings;
    private final Finishing finishing;
    private final JobQueue jobs;
    private volatile boolean whole;

    public Completing(RecordingStore recordings, Finishing finishing, JobQueue jobs) {
        this.recordings = recordings;
        this.finishing = finishing;
        this.jobs = jobs;
    }

    public JobKind kind() {
        return JobKind.every(KIND, EVERY, job -> step());
    }

    private void step() {
        if (whole) {
            return;
        }
        JobQueue.Load load = jobs.load();
        if (load.queued() + load.running() > 0) {
            return;
        }
        Optional<Recording> lacking = recordings.withoutFilesOfSound();
        whole = lacking.isEmpty();
        lacking.ifPresent(recording -> {
            LOG.info("Recording {} is of an older version; its files of sound are made now", recording.id());
            finishing.complete(recording);
        });
    }
}
