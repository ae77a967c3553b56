package org.everytake.studio.produce;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.storage.ReadableVaults;
import org.everytake.studio.storage.StoreAway;
import org.everytake.vault.Content;
import org.everytake.vault.Sealing;
import org.everytake.vault.Vault;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts ready files into the buckets of organisations as ordinary tools read them, a job each: what lies there can be used
 * without us. Twice equals once.
 */
final class ReadableCopies {
    static final String COPY = "files.copy";

    private static final Logger LOG = LoggerFactory.getLogger(ReadableCopies.class);
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final RecordingStore recordings;
    private final RenditionStore renditions;
    private final VaultShelf shelf;
    private final ReadableVaults vaults;
    private final JobQueue jobs;

    ReadableCopies(Jdbi jdbi, VaultShelf shelf, ReadableVaults vaults, JobQueue jobs) {
        this.recordings = new RecordingStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.shelf = shelf;
        this.vaults = vaults;
        this.jobs = jobs;
    }

    JobKind kind() {
        return JobKind.of(
                COPY,
                ATTEMPTS,
                PAUSE,
                StoreAway.waits(this::copy),
                (subject, reason) -> LOG.error("There is no readable copy of rendition {}", subject, reason));
    }

    /** Asks for one, in the transaction in which the file becomes ready. */
    void ask(Rendition ready) {
        if (recordings.storeOf(ready.recording()).isPresent()) {
            jobs.enqueue(COPY, ready.id().toString());
        }
    }

    private void copy(Job job) throws IOException {
        UUID id = UUID.fromString(job.subject());
        Rendition rendition = renditions.find(id).orElse(null);
        if (rendition == null || rendition.object() == null) {
            return;
        }
        Recording recording = recordings.findWithTape(rendition.recording()).orElse(null);
        Optional<Vault> vault = vaults.of(rendition.recording());
        if (recording == null || vault.isEmpty()) {
            return;
        }
        String name = renditions.copy(recording, id);
        try (InputStream in = shelf.openRendition(recording.id(), rendition.object())) {
            vault.get().put(name, Sealing.VERBATIM, Content.of(in));
        }
        LOG.info("{} of recording {} lies in its bucket as {}", rendition.name(), recording.id(), name);
    }
}
