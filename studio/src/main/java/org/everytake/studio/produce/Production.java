package org.everytake.studio.produce;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.everytake.render.Outline;
import org.everytake.render.Pieces;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Rendered;
import org.everytake.render.Renderer;
import org.everytake.render.Timeline;
import org.everytake.render.live.Followed;
import org.everytake.studio.jobs.Job;
import org.everytake.studio.jobs.JobKind;
import org.everytake.studio.jobs.JobQueue;
import org.everytake.studio.jobs.Later;
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
import org.everytake.vault.StoreFault;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Makes renditions, a job each. What nothing needs to be encoded for, as the RAW archive and what one person sent, and the
 * composite, which may take all cores, are asked for at once; the others, the participants' before those of sound alone,
 * once the composite is settled, in the same transaction. A job that runs twice, or whose worker died, makes the file anew under
 * the same name.
 */
public final class Production implements RenditionMaker {
    public static final String RAW = "render.raw";
    public static final String COMPOSITE = "render.composite";
    public static final String PARTICIPANT = "render.participant";
    public static final String SOUND = "render.sound";
    public static final String REMUX = "render.remux";
    public static final String QUALITY = "render.quality";

    private static final Logger LOG = LoggerFactory.getLogger(Production.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final RenditionStore renditions;
    private final TapeShelf tapes;
    private final VaultShelf shelf;
    private final JobQueue jobs;
    private final Scratch scratch;
    private final Unfinished unfinished;
    private final Renderer renderer;
    private final Companions companions;
    private final Pictures pictures;
    private final ReadableCopies copies;
    private final Archives archives;
    private final Sides sides;
    private final Qualities qualities;
    private final String program;
    private final Films films;
    private final InstantSource clock;
    private final LongSupplier nanoClock;

    /** @param program this one and its version, as it is noted of what it makes */
    public Production(
            Jdbi jdbi,
            RenditionStore renditions,
            TapeShelf tapes,
            VaultShelf shelf,
            JobQueue jobs,
            Scratch scratch,
            Unfinished unfinished,
            Renderer renderer,
            ReadableVaults readable,
            String program,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.jdbi = jdbi;
        this.renditions = renditions;
        this.tapes = tapes;
        this.shelf = shelf;
        this.jobs = jobs;
        this.scratch = scratch;
        this.unfinished = unfinished;
        this.renderer = renderer;
        this.companions = new Companions(jdbi, shelf);
        this.pictures = new Pictures(jdbi, shelf, jobs, renderer, companions);
        this.copies = new ReadableCopies(jdbi, shelf, readable, jobs);
        this.archives = new Archives(tapes, shelf, program);
        this.sides = new Sides(renditions, tapes, shelf, scratch, program);
        this.qualities = new Qualities(tapes, shelf, program);
        this.program = program;
        this.films = new Films(jdbi, tapes, shelf, renderer, clock);
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /** What makes films while their recordings go on. */
    public Films films() {
        return films;
    }

    /** The kinds of work that are done here. */
    public List<JobKind> kinds() {
        JobKind.Work render = this::renderOrWait;
        return List.of(
                pictures.kind(),
                copies.kind(),
                films.kind(),
                unfinished.sweeping(),
                JobKind.of(RAW, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(COMPOSITE, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(PARTICIPANT, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(SOUND, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(REMUX, ATTEMPTS, PAUSE, render, this::gaveUp),
                JobKind.of(QUALITY, ATTEMPTS, PAUSE, render, this::gaveUp));
    }

    @Override
    public void make(UUID id) {
        Rendition rendition = renditions.find(id).orElseThrow();
        if (isMoved(rendition)
                || rendition.isMain()
                || rendition.state() == RenditionState.RENDERING
                || renditions.of(rendition.recording()).stream()
                        .noneMatch(other -> other.isMain() && !other.state().isSettled())) {
            enqueue(rendition);
        }
    }

    /** Whether it is made without any encoding, so that it need not wait for the composite. */
    private static boolean isMoved(Rendition rendition) {
        return rendition.kind() == Rendition.Kind.RAW
                || rendition.kind() == Rendition.Kind.QUALITY
                || rendition.isAsSent();
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
            case PARTICIPANT -> rendition.isAsSent() ? REMUX : PARTICIPANT;
            case MIX, PARTICIPANT_SOUND -> SOUND;
            case QUALITY -> QUALITY;
        };
    }

    /** What waits for its store is shown as waiting, and not as being made. */
    private void renderOrWait(Job job) throws Exception {
        try {
            StoreAway.waits(this::render).run(job);
        } catch (Later later) {
            UUID id = UUID.fromString(job.subject());
            if (renditions
                    .find(id)
                    .filter(one -> one.state() == RenditionState.RENDERING)
                    .isPresent()) {
                boolean unused = renditions.leftOff(id);
            }
            throw later;
        }
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
            Rendition.Made made = switch (kind(rendition)) {
                case RAW -> archives.make(rendition, object, progress);
                case QUALITY -> qualities.make(rendition, object, progress);
                case REMUX -> sides.make(rendition, object, progress);
                default ->
                    rendition.isMain() && films.has(rendition.recording())
                            ? filmed(rendition, object, progress)
                            : made(rendition, object, progress);
            };
            made.remarks().forEach(remark -> LOG.warn("{}: {}", rendition.name(), remark));
            settle(rendition, () -> renditions.ready(id, made, clock.instant()));
            LOG.info("{} is ready: {} bytes, {} ms", rendition.name(), made.sizeBytes(), made.durationMillis());
        }
    }

    /** From the pieces of the film, without encoding anything; anew if they are of no use. */
    private Rendition.Made filmed(Rendition rendition, String object, ProgressNotes progress)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        Followed film;
        try {
            film = films.complete(rendition.recording(), progress);
        } catch (RenderFault | TapeFault | Films.Unfit e) {
            LOG.warn("The film of recording {} is made anew", rendition.recording(), e);
            films.erase(rendition.recording());
            return made(rendition, object, progress);
        }
        String madeWith = madeWith(Films.PRESET);
        Rendition.Made[] made = new Rendition.Made[1];
        try (ScratchPieces pieces = new ScratchPieces(scratch, rendition.id())) {
            shelf.putRendition(rendition.recording(), object, file -> {
                MeasuredFile measured = new MeasuredFile(file);
                Rendered rendered = renderer.join(
                        films.pieces(rendition.recording()),
                        film,
                        Films.PRESET,
                        new RenderOutput(pieces, measured),
                        progress);
                made[0] = made(object, measured, rendered, madeWith);
            });
            companions.keep(rendition.recording(), film.outline());
        } catch (StoreFault away) {
            throw away;
        } catch (IOException e) {
            LOG.warn("The film of recording {} is of no use, and is made anew", rendition.recording(), e);
            films.erase(rendition.recording());
            return made(rendition, object, progress);
        }
        return made[0];
    }

    private String madeWith(Preset preset) throws RenderFault {
        return program + ", " + renderer.tools(preset);
    }

    private static Rendition.Made made(String object, MeasuredFile measured, Rendered rendered, String madeWith) {
        return new Rendition.Made(
                object,
                measured.sizeBytes(),
                rendered.durationNanos() / 1_000_000,
                measured.sha256Hex(),
                rendered.remarks(),
                madeWith);
    }

    /**
     * The vault takes the file while it is made: whole at the end, or not at all. Pieces stay for whoever goes on after a
     * crash; after a failure they are not trusted.
     */
    private Rendition.Made made(Rendition rendition, String object, ProgressNotes progress)
            throws IOException, TapeFault, RenderFault, InterruptedException {
        Rendition.Made[] made = new Rendition.Made[1];
        AtomicReference<@Nullable Outline> outline = new AtomicReference<>();
        try (RecordedTape tape = tapes.open(rendition.recording())) {
            RenderPlan plan = plan(rendition, tape);
            String madeWith = madeWith(plan.preset());
            Pieces pieces = unfinished.of(rendition, plan, madeWith);
            shelf.putRendition(rendition.recording(), object, file -> {
                MeasuredFile measured = new MeasuredFile(file);
                Rendered rendered = render(plan, tape, new RenderOutput(pieces, measured), progress);
                made[0] = made(object, measured, rendered, madeWith);
                outline.set(rendered.outline());
            });
        } catch (StoreFault away) {
            throw away;
        } catch (Unrendered e) {
            switch (e.reason()) {
                case RenderFault fault -> {
                    unfinished.forget(rendition.id());
                    throw fault;
                }
                case InterruptedException interrupt -> throw interrupt;
                default -> throw e;
            }
        } catch (IOException e) {
            unfinished.forget(rendition.id());
            throw e;
        }
        unfinished.forget(rendition.id());
        Outline known = outline.get();
        if (known != null && isFirst(rendition)) {
            companions.keep(rendition.recording(), known);
        }
        return made[0];
    }

    /** Whether it is what is played first of its recording: everybody together, in sound where nothing else was recorded. */
    private boolean isFirst(Rendition rendition) {
        return rendition.isMain()
                || rendition.kind() == Rendition.Kind.MIX
                        && renditions.of(rendition.recording()).stream()
                                .noneMatch(other -> other.kind() == Rendition.Kind.COMPOSITE);
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
        Preset preset = Presets.of(rendition);
        String person = rendition.person();
        Timeline timeline = person == null ? Timeline.of(tape, preset) : Timeline.of(tape, person);
        return RenderPlan.of(timeline, preset);
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
        try {
            unfinished.forget(id);
        } catch (IOException e) {
            LOG.warn("The pieces of {} stay for a while", rendition.name(), e);
        }
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
            if (rendition.isMain()) {
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
