package org.everytake.studio.library.retention;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Recording;
import org.everytake.studio.library.RecordingState;
import org.everytake.studio.library.RecordingStore;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionMaker;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.SegmentStore;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.people.Audit;
import org.everytake.tape.TapeFault;
import org.everytake.tape.spool.Spool;
import org.everytake.vault.KeyKind;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases once a day what plans let end, and three days before a tape ends has made what is lacking of its files. That
 * something is being erased is durable before anything of it is touched: a crash is followed by more erasing, whatever
 * happens in between, a hold too. Twice equals once.
 */
public final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration BEFORE = Duration.ofDays(3);
    private static final int MOST = 10_000;

    private final Jdbi jdbi;
    private final RecordingStore recordings;
    private final RenditionStore renditions;
    private final JobQueue jobs;
    private final RenditionMaker maker;
    private final MissingFiles missing;
    private final Spool spool;
    private final VaultShelf shelf;
    private final Audit audit;
    private final InstantSource clock;

    /** Asks for those files of a recording which have never been asked for. */
    @FunctionalInterface
    public interface MissingFiles {
        void ask(Recording recording);
    }

    public Expiry(
            Jdbi jdbi,
            JobQueue jobs,
            RenditionMaker maker,
            MissingFiles missing,
            Spool spool,
            VaultShelf shelf,
            Audit audit,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.recordings = new RecordingStore(jdbi);
        this.renditions = new RenditionStore(jdbi);
        this.jobs = jobs;
        this.maker = maker;
        this.missing = missing;
        this.spool = spool;
        this.shelf = shelf;
        this.audit = audit;
        this.clock = clock;
    }

    /** The work that repeats by itself. */
    public JobKind kind() {
        return JobKind.every("recordings.expire", EVERY, this::run);
    }

    /** Erases what was due when it began, and no more: just what a dry run at that moment says. */
    private void run(Job job) {
        Instant now = clock.instant();
        int erased = 0;
        for (Due due : jdbi.withHandle(handle -> RetentionStore.unfinished(handle, MOST))) {
            erased += tried(due, job) ? 1 : 0;
        }
        for (Due due : jdbi.withHandle(handle -> RetentionStore.due(handle, null, null, now, MOST))) {
            if (due.waits() == null && begin(due, now)) {
                erased += tried(due, job) ? 1 : 0;
            }
        }
        if (erased > 0) {
            LOG.info("{} tapes, archives and sets of files were erased by their plans", erased);
        }
        for (Due due : jdbi.withHandle(handle -> RetentionStore.due(handle, null, null, now.plus(BEFORE), MOST))) {
            if (due.kind().equals(Due.TAPE) && !job.cancelled()) {
                makeMissing(due);
            }
        }
    }

    /** Each by itself: one that cannot be erased, because its store is away say, holds up no other. */
    private boolean tried(Due due, Job job) {
        if (job.cancelled()) {
            return false;
        }
        try {
            erase(due);
            return true;
        } catch (IOException | TapeFault | RuntimeException e) {
            LOG.warn(
                    "Recording {}: its {} could not be erased, and will be tried again",
                    due.recording(),
                    due.kind(),
                    e);
            return false;
        }
    }

    /** False if something stands against it by now. */
    private boolean begin(Due due, Instant now) {
        return jdbi.inTransaction(handle -> {
            // Whoever deletes, holds, or asks for a file again takes the row, too.
            recordings.lock(handle, due.recording());
            List<String> subjects = renditions.of(due.recording()).stream()
                    .map(rendition -> rendition.id().toString())
                    .toList();
            Due still = RetentionStore.due(handle, due.organisation(), due.recording(), now, MOST).stream()
                    .filter(one -> one.kind().equals(due.kind()) && one.waits() == null)
                    .findFirst()
                    .orElse(null);
            if (still == null || !isLeftAlone(due, subjects)) {
                return false;
            }
            RetentionStore.begin(handle, still, now);
            return true;
        });
    }

    /**
     * Whether nobody works at one of its files. With the files goes what waits to be made of them: a picture that is made
     * while their key is being destroyed would get a key of its own.
     */
    private boolean isLeftAlone(Due due, List<String> subjects) {
        return due.kind().equals(Due.FILES) ? jobs.withdraw(subjects) : !jobs.isUnderWay(subjects);
    }

    /** The keys first: without them nothing can be read, even if the store is away for days. */
    private void erase(Due due) throws IOException, TapeFault {
        UUID id = due.recording();
        switch (due.kind()) {
            case Due.TAPE -> {
                shelf.destroyKey(id, KeyKind.TAPE);
                spool.erase(id.toString());
                shelf.deleteTape(id);
            }
            case Due.RAW -> {
                Map<UUID, String> copies = renditions.copies(id);
                for (Rendition archive : archives(id)) {
                    shelf.deleteRendition(id, archive.id(), copies.get(archive.id()));
                }
            }
            case Due.FILES -> {
                shelf.destroyKey(id, KeyKind.RENDITIONS);
                shelf.destroyKey(id, KeyKind.MASTERS);
                shelf.deleteAllButTape(id, renditions.copies(id).values());
            }
            default -> throw new IllegalStateException("nothing is called " + due.kind());
        }
        jdbi.useTransaction(handle -> write(handle, due));
        LOG.info("Recording {}: its {} is erased, after {} days", id, due.kind(), due.days());
    }

    private List<Rendition> archives(UUID recording) {
        return renditions.of(recording).stream()
                .filter(one -> one.kind() == Rendition.Kind.RAW)
                .toList();
    }

    /** What is gone has no facts but that it is gone. */
    private void write(Handle handle, Due due) {
        Instant now = clock.instant();
        recordings.lock(handle, due.recording());
        switch (due.kind()) {
            case Due.TAPE -> new SegmentStore(jdbi).gone(due.recording(), now);
            case Due.RAW -> RenditionStore.erase(handle, due.recording(), Rendition.Kind.RAW);
            default -> {
                RenditionStore.erase(handle, due.recording(), Rendition.Kind.values());
                recordings.withoutPicture(due.recording());
            }
        }
        if (RetentionStore.erased(handle, due, now)) {
            String action = switch (due.kind()) {
                case Due.TAPE -> "tape-erased";
                case Due.RAW -> "raw-erased";
                default -> "files-erased";
            };
            audit.note(
                    handle,
                    Audit.Who.server(due.organisation()),
                    action,
                    due.recording().toString(),
                    due.title() + ": " + due.days() + " days");
        }
    }

    private void makeMissing(Due due) {
        Recording recording = recordings.find(due.recording()).orElse(null);
        if (recording == null || "held".equals(due.waits()) || recording.state() == RecordingState.PROCESSING) {
            return;
        }
        List<Rendition> files = renditions.of(recording.id());
        if (files.isEmpty() && recording.state() == RecordingState.FAILED) {
            return; // nothing was recorded
        }
        jdbi.useTransaction(handle -> {
            missing.ask(recording);
            files.stream()
                    .filter(file -> file.state() == RenditionState.FAILED && renditions.retry(file.id()))
                    .forEach(file -> maker.make(file.id()));
        });
    }
}
