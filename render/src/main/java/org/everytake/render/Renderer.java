package org.everytake.render;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.live.Followed;
import org.everytake.render.live.LiveRender;
import org.everytake.render.live.PieceSink;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp4.Mp4Writer;
import org.everytake.render.mp4.Piece;
import org.everytake.render.mp4.PieceJoin;
import org.everytake.render.mp4.VideoSamples;
import org.everytake.render.picture.Attempts;
import org.everytake.render.picture.ChunkEncoder;
import org.everytake.render.sound.CodedSound;
import org.everytake.render.sound.SoundEncoder;
import org.everytake.tape.TapeFault;
import org.everytake.tape.read.RecordedTape;
import org.everytake.tape.read.TapeTail;
import org.jspecify.annotations.Nullable;

/**
 * Makes a file of a plan. The picture is composed and encoded by FFmpeg chunk by chunk, as many beside each other as
 * there are processors and memory is granted for, the sound is mixed here and encoded by one FFmpeg beside it, and both
 * are put into one file whose index comes first. Of sound alone there is one FFmpeg and no picture.
 *
 * <p>Thread-safe; each render has its own threads and processes, which are gone when {@link #render} returns.
 */
public final class Renderer {
    private static final String PICTURES = "pictures";
    private static final String SOUND = "sound";
    private static final String SAMPLES = ".samples";
    private static final int MEGABYTE = 1 << 20;

    private static final long PAUSE_NANOS = 20_000_000;
    private static final long MOST_AHEAD_SAMPLES = 48_000 * 60;

    /** For the FFmpegs that compose one file at a time. One is always allowed. */
    private static final int MOST_MEMORY = 260 * MEGABYTE;

    private final Ffmpeg ffmpeg;
    private final Path scratch;
    private final BooleanSupplier machineTaken;
    private final LongSupplier nanoClock;
    private final int processors = Runtime.getRuntime().availableProcessors();

    /** @param scratch a folder in memory for pipes and stills; each chunk makes one of its own in it and removes it */
    public Renderer(Ffmpeg ffmpeg, Path scratch) {
        this(ffmpeg, scratch, () -> false);
    }

    /**
     * One that gives way.
     *
     * @param machineTaken whether something that cannot wait, such as a call, needs the machine now; asked often
     */
    public Renderer(Ffmpeg ffmpeg, Path scratch, BooleanSupplier machineTaken) {
        this(ffmpeg, scratch, machineTaken, System::nanoTime);
    }

    /** @param nanoClock by which an FFmpeg that does not move is found */
    Renderer(Ffmpeg ffmpeg, Path scratch, BooleanSupplier machineTaken, LongSupplier nanoClock) {
        this.ffmpeg = ffmpeg;
        this.scratch = scratch;
        this.machineTaken = machineTaken;
        this.nanoClock = nanoClock;
    }

    /**
     * Renders, and returns when the file is whole. The tape must not be used by others meanwhile.
     *
     * @throws RenderFault if it cannot be finished, with a sentence
     * @throws java.util.concurrent.CancellationException if {@code progress} says so
     * @throws InterruptedException if the calling thread is interrupted; everything started is ended before
     */
    public Rendered render(RenderPlan plan, RecordedTape tape, Output output, Progress progress)
            throws RenderFault, InterruptedException {
        Crew crew = new Crew(machineTaken);
        try {
            TapeReader reader = new TapeReader(tape, crew::giveWay);
            if (plan.preset().isSoundOnly()) {
                return new SoundRender(plan, reader, output, crew, progress, new SoundEncoder(ffmpeg, scratch, crew))
                        .run();
            }
            return plan.preset().container() == Preset.Container.WEBM
                    ? new MovieRender<>(plan, reader, output, crew, progress, Muxer.WEBM).run()
                    : new MovieRender<>(plan, reader, output, crew, progress, Muxer.MP4).run();
        } finally {
            crew.dissolve();
        }
    }

    /** What makes files of a preset: programs and their versions, for manifests. */
    public String tools(Preset preset) throws RenderFault {
        if (preset.container() == Preset.Container.WAV) {
            return "no encoder";
        }
        String tool = "FFmpeg " + ffmpeg.version();
        return preset.isSoundOnly()
                ? tool
                : tool + " with " + ffmpeg.encoder(preset.coded().coding());
    }

    /**
     * Makes a film piece by piece while its recording goes on, and returns at its end. {@link #join} makes one file of the
     * pieces.
     *
     * @param whole whether nothing will be written to the tape any more, of a recording that never was stopped
     * @param firstPiece that is to be made: those before it are there
     * @param progress is asked whether to go on; hears nothing
     * @throws RenderFault if it cannot be finished, with a sentence; the pieces that were made are whole
     * @throws java.util.concurrent.CancellationException if {@code progress} says so
     */
    public Followed follow(
            TapeTail tape, BooleanSupplier whole, Preset preset, PieceSink sink, int firstPiece, Progress progress)
            throws RenderFault, TapeFault, IOException, InterruptedException {
        Crew crew = new Crew(machineTaken);
        try (LiveRender live = new LiveRender(ffmpeg, scratch, crew, preset, sink, firstPiece)) {
            return live.follow(tape, whole, progress);
        } finally {
            crew.dissolve();
        }
    }

    /** Pieces of a film that are there. */
    public interface FilmPieces {
        /** What comes before the first. */
        byte[] beginning() throws IOException;

        /** Each of them, from 0 on. */
        byte[] piece(int number) throws IOException;
    }

    /** Makes one file of the pieces that {@link #follow} made, without encoding anything. */
    public Rendered join(FilmPieces film, Followed made, Preset preset, Output output, Progress progress)
            throws IOException {
        PieceJoin join = new PieceJoin(film.beginning());
        try (OutputStream pictures = output.pieces().create(PICTURES);
                OutputStream sounds = output.pieces().create(SOUND)) {
            for (int piece = 0; piece < made.pieces(); piece++) {
                if (progress.cancelled()) {
                    throw new CancellationException("Cancelled");
                }
                join.add(Piece.of(film.piece(piece)), pictures, sounds);
                progress.at(0.5 * piece / made.pieces());
            }
        }
        try (InputStream video = output.pieces().open(PICTURES);
                InputStream audio = output.pieces().open(SOUND);
                OutputStream file = output.file()) {
            long size = Mp4Writer.write(
                    file,
                    join.movie(preset, made.outline().chapters()),
                    video,
                    audio,
                    (done, all) -> progress.at(0.5 + 0.5 * done / all));
            return new Rendered(size, made.durationNanos(), made.remarks(), made.outline());
        }
    }

    /** A film that was made here. */
    @FunctionalInterface
    public interface Film {
        /** Its bytes from the first on; the reader closes it, mostly before its end. */
        InputStream open() throws IOException;
    }

    /**
     * A picture from a film, a JPEG as large as the film.
     *
     * @throws RenderFault if there is none to be had, with a sentence
     */
    public byte[] poster(Film film, long lengthMillis) throws RenderFault, IOException, InterruptedException {
        return new Posters(ffmpeg, scratch).poster(film, lengthMillis / 1e3);
    }

    /** The same picture small: a JPEG of 320 by 180. */
    public byte[] thumbnail(byte[] poster) throws RenderFault, IOException, InterruptedException {
        return new Posters(ffmpeg, scratch).thumbnail(poster);
    }

    /** One render of picture and sound. */
    private final class MovieRender<S extends CodedSound> {
        private final RenderPlan plan;
        private final TapeReader tape;
        private final Output output;
        private final Crew crew;
        private final Progress progress;
        private final Meter meter;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<VideoSamples> pictures;
        private final AtomicIntegerArray encoded;
        private final AtomicLong allEncoded = new AtomicLong();
        private final SoundEncoder sound;
        private final Muxer<S> muxer;
        private final AtomicReference<@Nullable S> sounds = new AtomicReference<>();
        private final List<String> remarks = new ArrayList<>();
        private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
        private final Attempts attempts;

        MovieRender(RenderPlan plan, TapeReader tape, Output output, Crew crew, Progress progress, Muxer<S> muxer) {
            this.plan = plan;
            this.tape = tape;
            this.output = output;
            this.crew = crew;
            this.progress = progress;
            this.muxer = muxer;
            this.meter = Meter.ofMovie(progress, nanoClock);
            this.sound = new SoundEncoder(ffmpeg, scratch, crew);
            this.pictures = new AtomicReferenceArray<>(plan.chunks().size());
            this.encoded = new AtomicIntegerArray(plan.chunks().size());
            this.attempts = new Attempts(crew, plan.preset().framesPerSecond(), failures);
            remarks.addAll(plan.remarks());
            remarks.addAll(undecodable());
        }

        /** What the machine's FFmpeg lacks for this plan. */
        private List<String> undecodable() {
            return plan.chunks().stream()
                    .flatMap(chunk -> chunk.panes().stream())
                    .filter(pane -> !pane.visible().isEmpty())
                    .map(pane -> pane.look().coding())
                    .filter(coding -> !ffmpeg.decodes(coding))
                    .distinct()
                    .map(coding -> "FFmpeg has no decoder for " + coding + ": what was sent so is not seen.")
                    .toList();
        }

        Rendered run() throws RenderFault, InterruptedException {
            Thread mixing = crew.start("sound", this::mix);
            int lanes = Math.clamp(Math.min(plan.chunks().size(), MOST_MEMORY / memory()), 1, processors);
            ChunkEncoder encoder = new ChunkEncoder(ffmpeg, plan.preset(), plan.title(), scratch, tape::pictures, crew);
            List<Thread> composing = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                composing.add(crew.start("picture-" + lane, () -> compose(encoder)));
            }
            for (Thread lane : composing) {
                crew.await(lane, progress, meter);
            }
            crew.await(mixing, progress, meter);
            remarks.addAll(failures);
            if (encoder.complained()) {
                remarks.add("Some pictures could not be decoded: in their place the one before is seen, or none.");
            }
            long[] size = new long[1];
            crew.await(crew.start("file", () -> size[0] = join()), progress, meter);
            meter.done();
            return new Rendered(size[0], plan.durationNanos(), remarks, plan.outline(sound.waveform()));
        }

        /** About what one FFmpeg needs: its libraries, what its encoder looks ahead to, a decoder for each picture. */
        private int memory() {
            int panes = plan.chunks().stream()
                    .mapToInt(chunk -> chunk.panes().size())
                    .max()
                    .orElse(0);
            Preset.Picture canvas = plan.preset().canvas();
            return 45 * MEGABYTE + canvas.width() * canvas.height() * 60 + panes * 6 * MEGABYTE;
        }

        /** One lane: takes the next chunk that nobody has, until there is none. */
        private void compose(ChunkEncoder encoder) throws RenderFault, IOException, InterruptedException {
            for (int i = next.getAndIncrement(); i < plan.chunks().size(); i = next.getAndIncrement()) {
                if (!isThere(i)) {
                    int number = i;
                    Chunk chunk = plan.chunks().get(i);
                    attempts.encode(chunk, null, seen -> encode(encoder, number, seen));
                    remember(encoder, number);
                }
                encoded(i, Math.toIntExact(plan.chunks().get(i).ticks().count()));
            }
        }

        /** Whether an earlier try has encoded a chunk, before it was cut short. */
        private boolean isThere(int chunk) throws IOException {
            if (!output.pieces().has(PICTURES + chunk + SAMPLES)) {
                return false;
            }
            try (InputStream in = new BufferedInputStream(output.pieces().open(PICTURES + chunk + SAMPLES))) {
                pictures.set(chunk, VideoSamples.read(in));
            }
            return true;
        }

        /** What is as it should be need not be encoded again; of all else a later try may make more. */
        private void remember(ChunkEncoder encoder, int chunk) throws IOException {
            if (failures.isEmpty() && !encoder.complained()) {
                try (OutputStream out = new BufferedOutputStream(output.pieces().create(PICTURES + chunk + SAMPLES))) {
                    pictures.get(chunk).write(out);
                }
            }
        }

        private void encode(ChunkEncoder encoder, int number, Chunk chunk)
                throws RenderFault, IOException, InterruptedException {
            try (OutputStream piece = output.pieces().create(PICTURES + number)) {
                pictures.set(number, encoder.encode(chunk, piece, count -> {
                    meter.picture(encoded(number, count), plan.ticks());
                }));
            }
        }

        /** Notes how many pictures there are of a chunk, and gives how many there are of all. */
        private long encoded(int chunk, int count) {
            return allEncoded.addAndGet(count - encoded.getAndSet(chunk, count));
        }

        private void mix() throws RenderFault, IOException, InterruptedException {
            try (OutputStream piece = output.pieces().create(SOUND)) {
                sounds.set(sound.encode(plan, tape, muxer.sound(), piece, this::mixed));
            }
            remarks.addAll(sound.remarks());
        }

        /**
         * Sound does not run ahead of the pictures by more than it needs to be there before them: what decodes it leaves so much
         * behind that the heap would grow for its haste.
         */
        private void mixed(long samples) {
            meter.sound(samples, plan.samples());
            while (samples > allEncoded.get() * plan.preset().samplesPerTick() + MOST_AHEAD_SAMPLES && !crew.isOver()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private long join() throws IOException {
            VideoSamples all = new VideoSamples();
            for (int chunk = 0; chunk < plan.chunks().size(); chunk++) {
                all.append(pictures.get(chunk));
            }
            S heard = sounds.get();
            if (heard == null) {
                throw new IllegalStateException("The file is written before its sound is encoded");
            }
            try (InputStream video = new SequenceInputStream(new PiecesInTurn());
                    InputStream audio = output.pieces().open(SOUND);
                    OutputStream file = output.file()) {
                return muxer.writer().write(plan, new Muxer.Media<>(all, video, heard, audio), file, meter::file);
            }
        }

        /** The pictures of each chunk, opened when it is its turn: a long recording has thousands. */
        private final class PiecesInTurn implements Enumeration<InputStream> {
            private int chunk;

            @Override
            public boolean hasMoreElements() {
                return chunk < plan.chunks().size();
            }

            @Override
            public InputStream nextElement() {
                try {
                    return output.pieces().open(PICTURES + chunk++);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
