package org.everytake.studio.library.retention;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.CompanionStore;
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
import org.everytake.vault.StoreFault;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases once a day what plans let end, and three days before a tape ends has made what is lacking of its files. That
 * something is being erased is durable before anything of it is touched, and from then on nobody is shown it: a crash, and
 * a store that is away, are followed by more erasing, whatever happens in between, a hold too. Twice equals once.
 */
public final class Expiry {
    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration AGAIN = Duration.ofMinutes(10);
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

    /** Likewise, for what was begun and not come to its end: its store was away, say. */
    public JobKind again() {
        return JobKind.every("recordings.expire-again", AGAIN, job -> finish(job, new HashSet<>()));
    }

    /** Erases what was due when it began, and no more: just what a dry run at that moment says. */
    private void run(Job job) {
        Instant now = clock.instant();
        // Before what was begun comes to its end: files wait for their tape until the next day.
        List<Due> today = jdbi.withHandle(handle -> RetentionStore.due(handle, null, null, now, MOST));
        Set<UUID> away = new HashSet<>();
        finish(job, away);
        int erased = 0;
        for (Due due : today) {
            if (due.waits() == null && begin(due, now)) {
                erased += tried(due, job, away) ? 1 : 0;
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

    private void finish(Job job, Set<UUID> away) {
        for (Due due : jdbi.withHandle(handle -> RetentionStore.unfinished(handle, MOST))) {
            boolean unused = tried(due, job, away);
        }
    }

    /**
     * Each by itself: one that cannot be erased holds up no other.
     *
     * @param away stores that are, each of which is asked once
     */
    private boolean tried(Due due, Job job, Set<UUID> away) {
        if (job.cancelled()) {
            return false;
        }
        try {
            return erase(due, away);
        } catch (StoreFault e) {
            LOG.warn(
                    "Recording {}: its {} is not erased yet, and will be tried again: {}",
                    due.recording(),
                    due.kind(),
                    e.getMessage());
            recordings
                    .storeOf(due.recording())
                    .filter(store -> e.isOfWholeStore())
                    .ifPresent(away::add);
            return false;
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
            Due still = RetentionStore.due(handle, due.organisation(), due.recording(), now, MOST).stream()
                    .filter(one -> one.kind().equals(due.kind()) && one.waits() == null)
                    .findFirst()
                    .orElse(null);
            if (still == null || !isLeftAlone(due)) {
                return false;
            }
            RetentionStore.begin(handle, still, now);
            if (due.kind().equals(Due.FILES)) {
                recordings.withoutPicture(due.recording());
                CompanionStore.forget(handle, due.recording());
            }
            return true;
        });
    }

    /**
     * Whether nobody works at one of its files. With files and archives goes what waits to be made of them: a picture that
     * is made while their key is being destroyed would get a key of its own, and a copy would outlive what it is of.
     */
    private boolean isLeftAlone(Due due) {
        UUID id = due.recording();
        return !jobs.isUnderWay(subjects(renditions.of(id)))
                && switch (due.kind()) {
                    case Due.FILES -> jobs.withdraw(subjects(renditions.of(id)));
                    case Due.RAW -> jobs.withdraw(subjects(archives(id)));
                    default -> true;
                };
    }

    private static List<String> subjects(List<Rendition> files) {
        return files.stream().map(file -> file.id().toString()).toList();
    }

    /**
     * The keys first: without them nothing can be read, even if the store is away for days.
     *
     * @return false if it waits for its store
     */
    private boolean erase(Due due, Set<UUID> away) throws IOException, TapeFault {
        UUID id = due.recording();
        switch (due.kind()) {
            case Due.TAPE -> {
                shelf.destroyKey(id, KeyKind.TAPE);
                spool.erase(id.toString());
            }
            case Due.FILES -> {
                shelf.destroyKey(id, KeyKind.RENDITIONS);
                shelf.destroyKey(id, KeyKind.MASTERS);
            }
            default -> {} // the archive has no key of its own
        }
        if (recordings.storeOf(id).filter(away::contains).isPresent()) {
            return false;
        }
        deleteObjects(due);
        jdbi.useTransaction(handle -> write(handle, due));
        LOG.info("Recording {}: its {} is erased, after {} days", id, due.kind(), due.days());
        return true;
    }

    private void deleteObjects(Due due) throws IOException {
        UUID id = due.recording();
        Map<UUID, String> copies = renditions.copies(id);
        switch (due.kind()) {
            case Due.TAPE -> shelf.deleteTape(id);
            case Due.RAW -> {
                for (Rendition archive : archives(id)) {
                    shelf.deleteRendition(id, archive.id(), copies.get(archive.id()));
                }
            }
            case Due.FILES -> shelf.deleteAllButTape(id, copies.values());
            default -> throw new IllegalStateException("nothing is called " + due.kind());
        }
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
            default -> RenditionStore.erase(handle, due.recording(), Rendition.Kind.values());
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
