package org.everytake.render;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp4.Movie;
import org.everytake.render.mp4.Mp4Writer;
import org.everytake.render.mp4.VideoSamples;
import org.everytake.render.picture.ChunkEncoder;
import org.everytake.render.sound.SoundEncoder;
import org.everytake.tape.read.RecordedTape;

/**
 * Makes a file of a plan. The picture is composed and encoded by FFmpeg chunk after chunk, the sound is mixed here and
 * encoded by one FFmpeg beside it, and both are put into one file whose index comes first.
 *
 * <p>Thread-safe; each render has its own threads and processes, which are gone when {@link #render} returns.
 */
public final class Renderer {
    private static final String PICTURES = "pictures";
    private static final String SOUND = "sound";

    private final Ffmpeg ffmpeg;
    private final Path scratch;

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
            return new Render(plan, new TapeReader(tape), output, crew, progress).run();
        } finally {
            crew.dissolve();
        }
    }

    /** One render. */
    private final class Render {
        private final RenderPlan plan;
        private final TapeReader tape;
        private final Output output;
        private final Crew crew;
        private final Progress progress;
        private final Meter meter;
        private final VideoSamples pictures = new VideoSamples();
        private final SoundEncoder sound;
        private final List<String> remarks = new ArrayList<>();

        Render(RenderPlan plan, TapeReader tape, Output output, Crew crew, Progress progress) {
            this.plan = plan;
            this.tape = tape;
            this.output = output;
            this.crew = crew;
            this.progress = progress;
            this.meter = new Meter(progress, System::nanoTime);
            this.sound = new SoundEncoder(ffmpeg, scratch, crew);
        }

        Rendered run() throws RenderFault, InterruptedException {
            Thread mixing = crew.start("sound", this::mix);
            Thread composing = crew.start("picture", this::compose);
            crew.await(composing, progress, meter);
            crew.await(mixing, progress, meter);
            long[] size = new long[1];
            crew.await(crew.start("file", () -> size[0] = join()), progress, meter);
            meter.done();
            return new Rendered(size[0], plan.durationNanos(), remarks);
        }

        private void compose() throws RenderFault, IOException, InterruptedException {
            ChunkEncoder encoder = new ChunkEncoder(ffmpeg, plan.preset(), plan.title(), scratch, tape, crew);
            try (OutputStream piece = output.pieces().create(PICTURES)) {
                for (Chunk chunk : plan.chunks()) {
                    pictures.append(encoder.encode(
                            chunk, piece, count -> meter.picture(chunk.ticks().start() + count, plan.ticks())));
                }
            }
        }

        private void mix() throws RenderFault, IOException, InterruptedException {
            try (OutputStream piece = output.pieces().create(SOUND)) {
                sound.encode(plan, tape, piece, count -> meter.sound(count, plan.samples()));
            }
            remarks.addAll(sound.remarks());
        }

        private long join() throws IOException {
            Movie movie = new Movie(plan.preset(), pictures, sound.frames(), plan.samples());
            try (InputStream video = output.pieces().open(PICTURES);
                    InputStream audio = output.pieces().open(SOUND);
                    OutputStream file = output.file()) {
                return Mp4Writer.write(file, movie, video, audio, meter::file);
            }
        }
    }
}
