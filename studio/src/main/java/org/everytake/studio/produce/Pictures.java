package org.everytake.studio.produce;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.everytake.render.RenderFault;
import org.everytake.render.Renderer;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Companion;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.TakeStore;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.storage.StoreAway;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the pictures of recordings from their composites, a large one and from that a small one, a job each, so that nobody
 * waits for them. Sound alone has none. Twice equals once.
 */
final class Pictures {
    static final String PICTURE = "render.thumbnail";

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RecordingStore recordings;
    private final RenditionStore renditions;
    private final TakeStore takes;
    private final VaultShelf shelf;
    private final JobQueue jobs;
    private final Renderer renderer;
    private final Companions companions;

    Pictures(Jdbi jdbi, VaultShelf shelf, JobQueue jobs, Renderer renderer, Companions companions) {
        this.recordings = new RecordingStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.takes = new TakeStore(jdbi);
        this.shelf = shelf;
        this.jobs = jobs;
        this.renderer = renderer;
        this.companions = companions;
    }

    JobKind kind() {
        return JobKind.of(
                PICTURE,
                ATTEMPTS,
                PAUSE,
                StoreAway.waits(this::make),
                (subject, reason) -> LOG.warn("There will be no picture from rendition {}", subject, reason));
    }

    /** Asks for one, in the transaction in which the composite becomes ready. */
    void ask(Rendition composite) {
        boolean seen = takes.takes(composite.recording()).stream()
                .anyMatch(take -> take.packets() > 0 && !take.kind().equals("microphone"));
        if (seen) {
            jobs.enqueue(PICTURE, composite.id().toString());
        }
    }

    private void make(Job job) throws IOException, RenderFault, InterruptedException {
        Rendition composite = renditions.find(UUID.fromString(job.subject())).orElse(null);
        if (composite == null || composite.object() == null) {
            return;
        }
        UUID recording = composite.recording();
        String film = composite.object();
        Long lengthMillis = composite.durationMillis();
        byte[] poster =
                renderer.poster(() -> shelf.openRendition(recording, film), lengthMillis == null ? 0 : lengthMillis);
        companions.keep(recording, Companion.Kind.POSTER, out -> out.write(poster));
        byte[] picture = renderer.thumbnail(poster);
        shelf.putRendition(recording, VaultShelf.thumbnailObject(recording), out -> out.write(picture));
        recordings.pictured(recording, MeasuredFile.sha256Hex(picture), picture.length);
    }
}
