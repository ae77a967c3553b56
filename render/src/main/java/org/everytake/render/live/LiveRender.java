package org.everytake.render.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.everytake.render.Chunk;
import org.everytake.render.Crew;
import org.everytake.render.Outline;
import org.everytake.render.Preset;
import org.everytake.render.Progress;
import org.everytake.render.RenderFault;
import org.everytake.render.RenderPlan;
import org.everytake.render.Ticks;
import org.everytake.render.Timeline;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.layout.Shown;
import org.everytake.render.mp4.AudioSamples;
import org.everytake.render.mp4.Beginning;
import org.everytake.render.mp4.CodedPicture;
import org.everytake.render.mp4.Piece;
import org.everytake.render.picture.ChunkEncoder;
import org.everytake.render.sound.Mixer;
import org.everytake.render.sound.SoundRun;
import org.everytake.render.timeline.GrowingTimeline;
import org.everytake.tape.Event;
import org.everytake.tape.Stamped;
import org.everytake.tape.TakeDescription;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.TapeRecord;
import org.everytake.tape.read.TapeTail;
import org.jspecify.annotations.Nullable;

/**
 * Makes a film piece by piece while its recording goes on, some seconds behind it. Which piece is made when depends on the
 * tape alone, never on a clock: who follows the same tape again comes to the same pieces, and can leave out those that are
 * there.
 *
 * <p>Used once, by one thread.
 */
public final class LiveRender implements AutoCloseable, TapeTail.Listener {
    /** 3.2 s: 80 pictures at 25 a second and 150 frames of AAC end together. */
    public static final long PIECE_NANOS = 3_200_000_000L;

    /** What is so old is settled, whatever comes: reports of sound come each 5 s. */
    private static final long SETTLED_AFTER_NANOS = 6_000_000_000L;

    /** One FFmpeg with one thread composes so many and keeps up. */
    private static final int MOST_PICTURES = 16;

    private static final long PAUSE_MILLIS = 200;
    private static final int FRAMES_PER_PIECE = 150;

    private final Ffmpeg ffmpeg;
    private final Path scratch;
    private final Preset preset;
    private final PieceSink sink;
    private final Crew crew;
    private final int ticksPerPiece;
    private final int firstPiece;
    private final List<CodedPicture> pictures = new ArrayList<>();
    private final List<byte[]> sounds = new ArrayList<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private @Nullable GrowingTimeline timeline;
    private @Nullable PictureFollower picture;
    private @Nullable Mixer mixer;
    private @Nullable SoundRun sound;
    private long settledTicks;
    private int nextPiece;
    private boolean begun;

    /**
     * @param scratch a folder in memory for pipes and stills
     * @param crew ends what was started here when it ends
     * @param preset with a picture, of 25 frames a second, whose layout does not show the speaker: the second that tells who
     *     speaks is still to come
     * @param firstPiece that is to be made: those before it are there
     */
    public LiveRender(Ffmpeg ffmpeg, Path scratch, Crew crew, Preset preset, PieceSink sink, int firstPiece) {
        long ticks = PIECE_NANOS * preset.framesPerSecond();
        if (ticks % 1_000_000_000L != 0) {
            throw new IllegalArgumentException(
                    "Pictures and sound don't meet at the end of a piece: " + preset.framesPerSecond());
        }
        if (preset.canvas().layout().shows(Shown.SPEAKER)) {
            throw new IllegalArgumentException("Who speaks is not known while a recording goes on: " + preset.name());
        }
        this.ffmpeg = ffmpeg;
        this.scratch = scratch;
        this.crew = crew;
        this.preset = preset;
        this.sink = sink;
        this.ticksPerPiece = (int) (ticks / 1_000_000_000L);
        this.firstPiece = firstPiece;
        this.nextPiece = firstPiece;
    }

    /**
     * Follows a tape to its end.
     *
     * @param whole whether nothing will be written any more, for a recording that never was stopped
     * @param progress is asked whether to go on; hears nothing
     * @throws RenderFault if it cannot be finished, with a sentence; the pieces that were made are whole
     * @throws CancellationException if {@code progress} says so
     */
    public Followed follow(TapeTail tape, BooleanSupplier whole, Progress progress)
            throws RenderFault, TapeFault, IOException, InterruptedException {
        boolean last = false;
        while (true) {
            if (progress.cancelled()) {
                throw new CancellationException("Cancelled");
            }
            crew.giveWay();
            if (tape.next(this)) {
                stepsDue();
            } else if (last || isStopped()) {
                return finish();
            } else if (whole.getAsBoolean()) {
                last = true; // what was written in the meantime comes yet
            } else {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private boolean isStopped() {
        return timeline != null && timeline.stoppedAt() != null;
    }

    @Override
    public void started(Event.RecordingStarted started) {
        timeline = new GrowingTimeline(started);
    }

    @Override
    public void event(Stamped event) {
        known().event(event);
    }

    @Override
    public void described(TakeDescription description, long stampNanos) {
        known().described(description, stampNanos);
    }

    @Override
    public void packet(int take, TapeRecord record) {
        known().packet(take, record);
    }

    private GrowingTimeline known() {
        if (timeline == null) {
            throw new IllegalStateException("The tape does not say what it is of");
        }
        return timeline;
    }

    private void stepsDue() throws RenderFault, IOException, InterruptedException {
        while (timeline != null
                && !isStopped()
                && timeline.newestNanos() >= nanos(settledTicks + ticksPerPiece) + SETTLED_AFTER_NANOS) {
            long until = settledTicks + ticksPerPiece;
            step(timeline.settle(nanos(until)), until);
        }
    }

    private long nanos(long tick) {
        return tick * (1_000_000_000L / preset.framesPerSecond());
    }

    private Followed finish() throws RenderFault, IOException, InterruptedException {
        Timeline whole = known().finish();
        RenderPlan plan = RenderPlan.of(whole, preset);
        remarks.addAll(plan.remarks());
        long end = Math.max(plan.ticks(), settledTicks);
        while (settledTicks < end) {
            step(whole, Math.min(end, settledTicks + ticksPerPiece));
        }
        int pieces = Math.toIntExact(Math.ceilDiv(end, ticksPerPiece));
        if (pieces > nextPiece && picture != null && sound != null) {
            picture.finish();
            remarks.addAll(picture.remarks());
            sounds.addAll(sound.finish(lastFrame(end)));
            emit(end);
        }
        Mixer all = mixer(plan);
        if (sound == null) {
            // Every piece is there, so nobody has heard the end of it.
            all.write(OutputStream.nullOutputStream(), end * preset.samplesPerTick(), count -> {});
        }
        remarks.addAll(all.remarks());
        Outline outline = new Outline(plan.chapters(), nanos(end), all.waveform(plan.voices()));
        return new Followed(pieces, nanos(end), List.copyOf(remarks), outline);
    }

    /** What comes after the last frame of sound: the encoder's own comes before the first. */
    private long lastFrame(long ticks) {
        return Math.ceilDiv(ticks * preset.samplesPerTick(), AudioSamples.FRAME_SAMPLES) + 1;
    }

    /** Goes on up to a tick, before which all is settled. */
    private void step(Timeline now, long until) throws RenderFault, IOException, InterruptedException {
        RenderPlan plan = RenderPlan.of(now, preset);
        remarks.addAll(plan.remarks());
        Ticks window = new Ticks(settledTicks, until);
        settledTicks = until;
        mix(plan, until);
        if (until > (long) firstPiece * ticksPerPiece) {
            for (Chunk chunk : plan.chunks()) {
                Chunk part = chunk.within(window).orElse(null);
                if (part != null) {
                    requireFew(part);
                    picture(plan).feed(part);
                }
            }
            emit(Long.MAX_VALUE);
        }
        long needed = picture == null ? until : Math.min(until, picture.made());
        known().forgetPicturesBefore(nanos(needed));
    }

    private static void requireFew(Chunk chunk) throws RenderFault {
        long seen =
                chunk.panes().stream().filter(pane -> !pane.visible().isEmpty()).count();
        if (seen > MOST_PICTURES) {
            throw new RenderFault("Of " + seen + " cameras at a time a film is made only when the recording is over.");
        }
    }

    private PictureFollower picture(RenderPlan plan) {
        if (picture == null) {
            ChunkEncoder encoder = new ChunkEncoder(
                    ffmpeg,
                    preset,
                    plan.title(),
                    scratch,
                    (clip, from) -> known().recent(clip).pictures().iterator(),
                    crew);
            long first = (long) firstPiece * ticksPerPiece;
            picture = new PictureFollower(encoder, ticksPerPiece, crew, preset.framesPerSecond(), first, pictures::add);
        }
        return picture;
    }

    private Mixer mixer(RenderPlan plan) {
        if (mixer == null) {
            mixer = new Mixer(
                    preset.channels(),
                    plan.voices(),
                    clip -> known().recent(clip).packets());
        } else {
            mixer.follow(plan.voices());
        }
        return mixer;
    }

    private void mix(RenderPlan plan, long until) throws RenderFault, IOException {
        Mixer mixing = mixer(plan);
        long samples = until * preset.samplesPerTick();
        long joint = (long) firstPiece * ticksPerPiece * preset.samplesPerTick();
        if (samples <= joint) {
            // heard again, so that what follows goes on as it would have
            long before = Math.min(samples, Math.max(0, joint - SoundRun.EARLIER_SAMPLES));
            mixing.write(OutputStream.nullOutputStream(), before, count -> {});
            if (samples < joint) {
                return;
            }
        }
        if (sound == null) {
            sound = new SoundRun(ffmpeg, preset, scratch, crew, joint);
        }
        mixing.write(sound.pcm(), samples, count -> {});
        sound.pcm().flush();
        sounds.addAll(sound.ready(Long.MAX_VALUE));
    }

    /** Hands on every piece that is whole; at the end the last one as it is. */
    private void emit(long end) throws IOException {
        if (sound != null && end == Long.MAX_VALUE) {
            sounds.addAll(sound.ready(Long.MAX_VALUE));
        }
        boolean more = true;
        while (more) {
            long from = (long) nextPiece * ticksPerPiece;
            int wanted = (int) Math.min(ticksPerPiece, end - from);
            long firstFrame = nextPiece == 0 ? 0 : (long) nextPiece * FRAMES_PER_PIECE + 1;
            boolean last = end <= from + ticksPerPiece;
            int frames = last ? sounds.size() : (int) ((nextPiece + 1L) * FRAMES_PER_PIECE + 1 - firstFrame);
            int count = countOf(wanted);
            more = wanted > 0 && count > 0 && sounds.size() >= frames;
            if (more) {
                emit(new Piece(nextPiece + 1, from, take(pictures, count), firstFrame, take(sounds, frames)));
            }
        }
    }

    /** How many pictures are shown for so many ticks; 0 if those that are there are not. */
    private int countOf(long ticks) {
        long covered = 0;
        for (int count = 1; count <= pictures.size(); count++) {
            covered += pictures.get(count - 1).ticks();
            if (covered >= ticks) {
                return count;
            }
        }
        return 0;
    }

    private void emit(Piece piece) throws IOException {
        if (!begun && picture != null) {
            begun = true;
            sink.beginning(Beginning.of(preset, picture.decoderConfiguration()));
        }
        sink.piece(nextPiece, nanos(piece.ticks()), piece.bytes());
        nextPiece++;
    }

    private static <T> List<T> take(List<T> from, int count) {
        List<T> head = from.subList(0, count);
        List<T> taken = List.copyOf(head);
        head.clear();
        return taken;
    }

    @Override
    public void close() throws IOException {
        if (picture != null) {
            picture.close();
        }
        if (sound != null) {
            sound.close();
        }
    }
}
