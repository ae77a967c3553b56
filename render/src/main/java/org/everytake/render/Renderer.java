package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp4.AudioSamples;
import org.everytake.render.mp4.Movie;
import org.everytake.render.mp4.Mp4Writer;
import org.everytake.render.mp4.VideoSamples;
import org.everytake.render.picture.ChunkEncoder;
import org.everytake.render.sound.SoundEncoder;
import org.everytake.render.sound.SoundFormat;
import org.everytake.tape.read.RecordedTape;

/**
 * Makes a file of a plan. The picture is composed and encoded by FFmpeg chunk by chunk, as many beside each other as
 * there are processors, the sound is mixed here and encoded by one FFmpeg beside it, and both are put into one file
 * whose index comes first. Of sound alone there is one FFmpeg and no picture.
 *
 * <p>Thread-safe; each render has its own threads and processes, which are gone when {@link #render} returns.
 */
public final class Renderer {
    private static final String PICTURES = "pictures";
    private static final String SOUND = "sound";

    private final Ffmpeg ffmpeg;
    private final Path scratch;
    private final int processors = Runtime.getRuntime().availableProcessors();

    /** @param scratch a folder in memory for pipes and stills; each chunk makes one of its own in it and removes it */
    public Renderer(Ffmpeg ffmpeg, Path scratch) {
        this.ffmpeg = ffmpeg;
        this.scratch = scratch;
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
        Crew crew = new Crew();
        try {
            TapeReader reader = new TapeReader(tape);
            return plan.preset().isSoundOnly()
                    ? new SoundRender(plan, reader, output, crew, progress, new SoundEncoder(ffmpeg, scratch, crew))
                            .run()
                    : new MovieRender(plan, reader, output, crew, progress).run();
        } finally {
            crew.dissolve();
        }
    }

    /** A film that was made here. */
    @FunctionalInterface
    public interface Film {
        /** Its bytes from the first on; the reader closes it, mostly before its end. */
        InputStream open() throws IOException;
    }

    /**
     * A small picture from a film, a JPEG of 320 by 180.
     *
     * @throws RenderFault if there is none to be had, with a sentence
     */
    public byte[] thumbnail(Film film, long lengthMillis) throws RenderFault, IOException, InterruptedException {
        return new Thumbnailer(ffmpeg, scratch).jpeg(film, lengthMillis / 1e3);
    }

    /** One render of picture and sound. */
    private final class MovieRender {
        private final RenderPlan plan;
        private final TapeReader tape;
        private final Output output;
        private final Crew crew;
        private final Progress progress;
        private final Meter meter;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<VideoSamples> pictures;
        private final AtomicIntegerArray encoded;
        private final SoundEncoder sound;
        private AudioSamples sounds = new AudioSamples();
        private final List<String> remarks = new ArrayList<>();

        MovieRender(RenderPlan plan, TapeReader tape, Output output, Crew crew, Progress progress) {
            this.plan = plan;
            this.tape = tape;
            this.output = output;
            this.crew = crew;
            this.progress = progress;
            this.meter = Meter.ofMovie(progress, System::nanoTime);
            this.sound = new SoundEncoder(ffmpeg, scratch, crew);
            this.pictures = new AtomicReferenceArray<>(plan.chunks().size());
            this.encoded = new AtomicIntegerArray(plan.chunks().size());
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
            int lanes = Math.clamp(plan.chunks().size(), 1, processors);
            ChunkEncoder encoder = new ChunkEncoder(
                    ffmpeg, plan.preset(), plan.title(), scratch, tape, crew, Math.ceilDiv(processors, lanes));
            List<Thread> composing = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                composing.add(crew.start("picture-" + lane, () -> compose(encoder)));
            }
            for (Thread lane : composing) {
                crew.await(lane, progress, meter);
            }
            crew.await(mixing, progress, meter);
            long[] size = new long[1];
            crew.await(crew.start("file", () -> size[0] = join()), progress, meter);
            meter.done();
            return new Rendered(size[0], plan.durationNanos(), remarks);
        }

        /** One lane: takes the next chunk that nobody has, until there is none. */
        private void compose(ChunkEncoder encoder) throws RenderFault, IOException, InterruptedException {
            for (int i = next.getAndIncrement(); i < plan.chunks().size(); i = next.getAndIncrement()) {
                int chunk = i;
                try (OutputStream piece = output.pieces().create(PICTURES + chunk)) {
                    pictures.set(chunk, encoder.encode(plan.chunks().get(chunk), piece, count -> {
                        encoded.set(chunk, count);
                        meter.picture(encodedSoFar(), plan.ticks());
                    }));
                }
            }
        }

        private long encodedSoFar() {
            long sum = 0;
            for (int i = 0; i < encoded.length(); i++) {
                sum += encoded.get(i);
            }
            return sum;
        }

        private void mix() throws RenderFault, IOException, InterruptedException {
            try (OutputStream piece = output.pieces().create(SOUND)) {
                sounds = sound.encode(plan, tape, SoundFormat.AAC, piece, count -> meter.sound(count, plan.samples()));
            }
            remarks.addAll(sound.remarks());
        }

        private long join() throws IOException {
            VideoSamples all = new VideoSamples();
            for (int chunk = 0; chunk < plan.chunks().size(); chunk++) {
                all.append(pictures.get(chunk));
            }
            Movie movie = new Movie(plan.preset(), all, sounds, plan.samples());
            try (InputStream video = new SequenceInputStream(new PiecesInTurn());
                    InputStream audio = output.pieces().open(SOUND);
                    OutputStream file = output.file()) {
                return Mp4Writer.write(file, movie, video, audio, meter::file);
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
