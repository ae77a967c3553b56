package org.everytake.studio.produce;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Rendered;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.library.Rendition;
import org.everytake.studio.library.RenditionMaker;
import org.everytake.studio.library.RenditionState;
import org.everytake.studio.library.RenditionStore;
import org.everytake.studio.library.TapeShelf;
import org.everytake.studio.library.VaultShelf;
import org.everytake.studio.storage.ReadableVaults;
import org.everytake.studio.storage.StoreAway;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.everytake.vault.Scratch;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes renditions, a job each. The RAW archive of a recording, which nothing needs to be encoded for, and the composite,
 * which may take all cores, are asked for at once; the others, the participants' before those of sound alone, once the
 * composite is settled, in the same transaction. A job that runs twice, or whose worker died, makes the file anew under
 * the same name.
 */
public final class Production implements RenditionMaker {
    public static final String RAW = "render.raw";
    public static final String COMPOSITE = "render.composite";
    public static final String PARTICIPANT = "render.participant";
    public static final String SOUND = "render.sound";

    private static final Logger LOG = LoggerFactory.getLogger(Production.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final RenditionStore renditions;
    private final TapeShelf tapes;
    private final VaultShelf shelf;
    private final JobQueue jobs;
    private final Scratch scratch;
    private final Renderer renderer;
    private final Pictures pictures;
    private final ReadableCopies copies;
    private final Archives archives;
    private final InstantSource clock;
    private final LongSupplier nanoClock;

    public Production(
            Jdbi jdbi,
            RenditionStore renditions,
            TapeShelf tapes,
            VaultShelf shelf,
            JobQueue jobs,
            Scratch scratch,
            Renderer renderer,
            ReadableVaults readable,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.jdbi = jdbi;
        this.renditions = renditions;
        this.tapes = tapes;
        this.shelf = shelf;
        this.jobs = jobs;
        this.scratch = scratch;
        this.renderer = renderer;
        this.pictures = new Pictures(jdbi, shelf, jobs, renderer);
        this.copies = new ReadableCopies(jdbi, shelf, readable, jobs);
        this.archives = new Archives(tapes, shelf);
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /** The kinds of work that are done here. */
    public List<JobKind> kinds() {
        JobKind.Work render = StoreAway.waits(this::render);
        return List.of(
                pictures.kind(),
                copies.kind(),
                JobKind.of(RAW, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(COMPOSITE, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(PARTICIPANT, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(SOUND, ATTEMPTS, PAUSE, render, this::gaveUp));
    }

    @Override
    public void make(UUID id) {
        Rendition rendition = renditions.find(id).orElseThrow();
        if (rendition.kind() == Rendition.Kind.RAW
                || rendition.kind() == Rendition.Kind.COMPOSITE
                || rendition.state() == RenditionState.RENDERING
                || renditions.of(rendition.recording()).stream()
                        .noneMatch(other -> other.kind() == Rendition.Kind.COMPOSITE
                                && !other.state().isSettled())) {
            enqueue(rendition);
        }
    }

    @Override
    public void cancel(UUID id) {
        renditions.find(id).ifPresent(rendition -> jobs.cancel(kind(rendition), id.toString()));
    }

    private void enqueue(Rendition rendition) {
        jobs.enqueue(kind(rendition), rendition.id().toString());
    }

    private static String kind(Rendition rendition) {
        return switch (rendition.kind()) {
            case RAW -> RAW;
            case COMPOSITE -> COMPOSITE;
            case PARTICIPANT -> PARTICIPANT;
            case MIX, PARTICIPANT_SOUND -> SOUND;
        };
    }

    private void render(Job job) throws IOException, TapeFault, RenderFault, InterruptedException {
        UUID id = UUID.fromString(job.subject());
        Rendition rendition = renditions.find(id).orElse(null);
        if (rendition == null || rendition.state().isSettled()) {
            return;
        }
        try (var context = MDC.putCloseable("recording", rendition.recording().toString())) {
            if (!renditions.rendering(id)) {
                jobs.cancel(kind(rendition), job.subject());
                throw new CancellationException("its recording was deleted");
            }
            shelf.requireStore(rendition.recording());
            String object = VaultShelf.renditionObject(rendition.recording(), id);
            ProgressNotes progress = new ProgressNotes(renditions, id, job, nanoClock);
            Rendition.Made made = rendition.kind() == Rendition.Kind.RAW
                    ? archives.make(rendition, object, progress)
                    : made(rendition, object, progress);
            made.remarks().forEach(remark -> LOG.warn("{}: {}", rendition.name(), remark));
            settle(rendition, () -> renditions.ready(id, made, clock.instant()));
            LOG.info("{} is ready: {} bytes, {} ms", rendition.name(), made.sizeBytes(), made.durationMillis());
        }
    }

    /** The vault takes the file while it is made: whole at the end, or not at all. */
    private Rendition.Made made(Rendition rendition, String object, ProgressNotes progress)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        Rendition.Made[] made = new Rendition.Made[1];
        try (RecordedTape tape = tapes.open(rendition.recording());
                ScratchPieces pieces = new ScratchPieces(scratch, rendition.id())) {
            RenderPlan plan = plan(rendition, tape);
            shelf.putRendition(rendition.recording(), object, file -> {
                MeasuredFile measured = new MeasuredFile(file);
                Rendered rendered = render(plan, tape, new RenderOutput(pieces, measured), progress);
                made[0] = new Rendition.Made(
                        object,
                        measured.sizeBytes(),
                        rendered.durationNanos() / 1_000_000,
                        measured.sha256Hex(),
                        rendered.remarks());
            });
        } catch (Unrendered e) {
            switch (e.reason()) {
                case RenderFault fault -> throw fault;
                case InterruptedException interrupt -> throw interrupt;
                default -> throw e;
            }
        }
        return made[0];
    }

    private Rendered render(RenderPlan plan, RecordedTape tape, RenderOutput output, ProgressNotes progress)
            throws Unrendered {
        try {
            return renderer.render(plan, tape, output, progress);
        } catch (RenderFault | InterruptedException e) {
            throw new Unrendered(e);
        }
    }

    /** Carries through the vault why there is no file. */
    private static final class Unrendered extends IOException {
        private static final long serialVersionUID = 1;

        private final Exception reason;

        Unrendered(Exception reason) {
            super(reason);
            this.reason = reason;
        }

        Exception reason() {
            return reason;
        }
    }

    private static RenderPlan plan(Rendition rendition, RecordedTape tape) throws RenderFault {
        Timeline timeline = Timeline.of(tape);
        String person = rendition.person();
        Preset preset = switch (rendition.kind()) {
            case COMPOSITE -> Preset.COMPOSITE;
            case PARTICIPANT -> Preset.PARTICIPANT;
            case MIX, PARTICIPANT_SOUND -> Preset.SOUND;
            case RAW -> throw new IllegalStateException("an archive is not rendered");
        };
        return RenderPlan.of(person == null ? timeline : timeline.only(person), preset);
    }

    /** Within the transaction that takes the job away. */
    private void gaveUp(String subject, Throwable reason) {
        UUID id = UUID.fromString(subject);
        renditions
                .find(id)
                .filter(rendition -> !rendition.state().isSettled())
                .ifPresent(rendition -> gaveUp(rendition, reason));
    }

    private void gaveUp(Rendition rendition, Throwable reason) {
        UUID id = rendition.id();
        if (reason instanceof CancellationException) {
            // A deleted recording asks for it again when it is brought back; one that is back by now, at once.
            if (renditions.leftOff(id)) {
                jobs.again(kind(rendition), id.toString());
            }
            return;
        }
        settle(rendition, () -> renditions.failed(id, sentence(reason), clock.instant()));
    }

    private void settle(Rendition rendition, Runnable settled) {
        jdbi.useTransaction(handle -> {
            settled.run();
            renditions
                    .find(rendition.id())
                    .filter(made -> made.state() == RenditionState.READY)
                    .ifPresent(copies::ask);
            if (rendition.kind() == Rendition.Kind.COMPOSITE) {
                renditions
                        .find(rendition.id())
                        .filter(made -> made.state() == RenditionState.READY)
                        .ifPresent(pictures::ask);
                renditions.of(rendition.recording()).stream()
                        .filter(other -> other.state() == RenditionState.QUEUED)
                        .forEach(this::enqueue);
            }
        });
    }

    /** What people are told; whatever was not made for them is in the log only. */
    private static String sentence(Throwable reason) {
        String message = reason.getMessage();
        return (reason instanceof RenderFault || reason instanceof TapeFault) && message != null
                ? message
                : "This file could not be made because of a fault in the server; its log says more.";
    }
}
