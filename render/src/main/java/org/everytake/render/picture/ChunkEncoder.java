package org.everytake.render.picture;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.everytake.render.Chunk;
import org.everytake.render.Crew;
import org.everytake.render.Pane;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.Span;
import org.everytake.render.draw.Stills;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.media.TapeReader;
import org.everytake.render.mp4.FragmentReader;
import org.everytake.render.mp4.VideoSamples;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes and encodes chunks: one FFmpeg for each, fed through named pipes by a thread a pane. Thread-safe: chunks may
 * be encoded beside each other.
 */
public final class ChunkEncoder {
    private static final Logger log = LoggerFactory.getLogger(ChunkEncoder.class);

    private final Ffmpeg ffmpeg;
    private final Preset preset;
    private final String title;
    private final Path scratchFolder;
    private final TapeReader tape;
    private final Crew crew;
    private final int threads;

    /** @param threads how many each FFmpeg may use: the processors, shared among those that run at a time */
    public ChunkEncoder(
            Ffmpeg ffmpeg, Preset preset, String title, Path scratchFolder, TapeReader tape, Crew crew, int threads) {
        this.ffmpeg = ffmpeg;
        this.preset = preset;
        this.title = title;
        this.scratchFolder = scratchFolder;
        this.tape = tape;
        this.crew = crew;
        this.threads = threads;
    }

    /**
     * Encodes a chunk.
     *
     * @param pictures gets the coded pictures, back to back
     * @param counted hears how many there are so far
     */
    public VideoSamples encode(Chunk chunk, OutputStream pictures, IntConsumer counted)
            throws RenderFault, IOException, InterruptedException {
        List<Pane> seen = chunk.panes().stream()
                .filter(pane ->
                        !pane.visible().isEmpty() && ffmpeg.decodes(pane.look().coding()))
                .toList();
        try (Scratch scratch = new Scratch(scratchFolder)) {
            List<Fifo> fifos = scratch.fifos(seen.size());
            List<String> arguments = inputs(chunk, seen, scratch, fifos);
            arguments.addAll(output(chunk, seen));
            try (Child child = Child.start(ffmpeg, arguments, scratch.folder());
                    Crew.Guard guard = crew.guard(child::kill)) {
                child.input().close();
                List<Thread> feeders = feed(chunk, seen, fifos);
                try {
                    VideoSamples samples = new FragmentReader(child.output(), pictures, counted).read();
                    child.await();
                    return whole(samples, chunk);
                } catch (EOFException e) {
                    child.await(); // its own words say more
                    throw e;
                } finally {
                    child.kill();
                    release(fifos, feeders);
                }
            }
        }
    }

    private static VideoSamples whole(VideoSamples samples, Chunk chunk) throws RenderFault {
        if (samples.count() != chunk.ticks().count()) {
            throw new RenderFault("FFmpeg made " + samples.count() + " pictures of chunk " + chunk.ticks()
                    + ", which has " + chunk.ticks().count() + ".");
        }
        return samples;
    }

    private List<Thread> feed(Chunk chunk, List<Pane> seen, List<Fifo> fifos) {
        long tickNanos = 1_000_000_000L / preset.framesPerSecond();
        Span span = new Span(chunk.ticks().start() * tickNanos, chunk.ticks().end() * tickNanos);
        List<Thread> feeders = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            PaneFeed feed = new PaneFeed(seen.get(i), span);
            Fifo fifo = fifos.get(i);
            // a platform thread: opening a pipe waits in the system
            feeders.add(crew.start("feed-" + seen.get(i).person(), () -> feed(feed, fifo)));
        }
        return feeders;
    }

    private void feed(PaneFeed feed, Fifo fifo) {
        try (OutputStream pipe = fifo.open()) {
            feed.write(tape, pipe);
        } catch (IOException closed) {
            // the child has all that it wants, or has failed and says so itself; a tape's faults are unchecked
            log.trace("FFmpeg closed {}: {}", fifo.path(), closed.getMessage());
        }
    }

    private static void release(List<Fifo> fifos, List<Thread> feeders) throws IOException, InterruptedException {
        for (int i = 0; i < feeders.size(); i++) {
            while (!feeders.get(i).join(Duration.ofMillis(20))) {
                fifos.get(i).release();
            }
        }
    }

    private List<String> inputs(Chunk chunk, List<Pane> seen, Scratch scratch, List<Fifo> fifos) throws IOException {
        Stills stills = new Stills(preset, title);
        List<String> arguments = new ArrayList<>(List.of("-copyts"));
        Path background = scratch.still("background.png", stills.background(chunk.panes()));
        arguments.addAll(still(background));
        for (int i = 0; i < seen.size(); i++) {
            Pane pane = seen.get(i);
            arguments.addAll(feed(fifos.get(i)));
            if (preset.canvas().names()) {
                arguments.addAll(still(scratch.still("upper" + i + ".png", stills.upperStrip(pane))));
                arguments.addAll(still(scratch.still("lower" + i + ".png", stills.lowerStrip(pane))));
            }
        }
        return arguments;
    }

    /** A size that changes reaches the filters, which can follow it, instead of having the graph built anew. */
    private static List<String> feed(Fifo fifo) {
        List<String> arguments = new ArrayList<>(List.of("-protocol_whitelist", "file", "-f", "ivf"));
        arguments.addAll(List.of("-probesize", "32", "-analyzeduration", "0", "-reinit_filter", "0"));
        arguments.addAll(List.of("-i", fifo.path().toString()));
        return arguments;
    }

    private List<String> still(Path png) {
        return List.of(
                "-protocol_whitelist",
                "file",
                "-f",
                "image2",
                "-framerate",
                String.valueOf(preset.framesPerSecond()),
                "-i",
                png.toString());
    }

    private List<String> output(Chunk chunk, List<Pane> seen) {
        List<String> arguments = new ArrayList<>(List.of("-max_error_rate", "1"));
        arguments.addAll(List.of("-filter_complex_threads", String.valueOf(threads), "-filter_complex"));
        arguments.add(FilterGraph.of(
                chunk, seen, preset.framesPerSecond(), preset.canvas().names()));
        arguments.addAll(List.of("-map", "[" + FilterGraph.RESULT + "]", "-fps_mode", "passthrough"));
        arguments.addAll(List.of("-frames:v", String.valueOf(chunk.ticks().count())));
        arguments.addAll(VideoSettings.of(ffmpeg.videoEncoder(), preset));
        arguments.addAll(List.of("-threads", String.valueOf(threads)));
        arguments.addAll(List.of("-f", "mp4", "-movflags", "+frag_keyframe+empty_moov+default_base_moof", "pipe:1"));
        return arguments;
    }
}
