package org.everytake.render;

import java.nio.file.Path;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.tape.read.RecordedTape;

/**
 * Makes a file of a plan. The picture is composed and encoded by FFmpeg chunk after chunk, the sound is mixed here and
 * encoded by one FFmpeg beside it, and both are put into one file whose index comes first.
 *
 * <p>Thread-safe; each render has its own threads and processes, which are gone when {@link #render} returns.
 */
public final class Renderer {
    private final Ffmpeg ffmpeg;
    private final Path scratch;

    /** @param scratch a folder in memory for pipes and stills; each render makes one of its own in it and removes it */
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
        throw new RenderFault("Cannot be rendered: " + plan + tape + output + progress + ffmpeg + scratch);
    }
}
