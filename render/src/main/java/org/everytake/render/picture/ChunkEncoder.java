package org.everytake.render.picture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.everytake.render.Chunk;
import org.everytake.render.Coding;
import org.everytake.render.Crew;
import org.everytake.render.Pane;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.Span;
import org.everytake.render.draw.Stills;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.media.PictureSource;
import org.everytake.render.mp4.FragmentReader;
import org.everytake.render.mp4.VideoSamples;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes and encodes chunks: one FFmpeg for each, of one thread, fed through named pipes by a thread a pane. Thread-safe:
 * chunks may be encoded beside each other, which takes less of the processors than several threads for one.
 */
public final class ChunkEncoder {
    private static final Logger log = LoggerFactory.getLogger(ChunkEncoder.class);

    private static final long LEAST_BOUND = 1 << 20;

    private final Ffmpeg ffmpeg;
    private final Preset preset;
    private final String title;
    private final Path scratchFolder;
    private final PictureSource media;
    private final Crew crew;
    private volatile boolean complained;

    /**
     * @param media the pictures of a clip in their order
     */
    public ChunkEncoder(
            Ffmpeg ffmpeg, Preset preset, String title, Path scratchFolder, PictureSource media, Crew crew) {
        this.ffmpeg = ffmpeg;
        this.preset = preset;
        this.title = title;
        this.scratchFolder = scratchFolder;
        this.media = media;
        this.crew = crew;
    }

    /**
     * Encodes a chunk.
     *
     * @param pictures gets the coded pictures, back to back
     * @param counted hears how many there are so far
     */
    public VideoSamples encode(Chunk chunk, OutputStream pictures, IntConsumer counted)
            throws RenderFault, IOException, InterruptedException {
        List<Pane> panes = panes(chunk);
        List<Seen> seen = seen(chunk);
        try (Scratch scratch = new Scratch(scratchFolder)) {
            List<Fifo> fifos = scratch.fifos(panes.size());
            List<Overlay> overlays = Overlay.of(chunk, preset.canvas().names());
            List<String> arguments = inputs(chunk, panes, overlays, scratch, fifos);
            int ticksPerPiece = VideoSettings.keyFrameTicks(preset);
            Rhythm rhythm = rhythm(chunk, seen, new Rhythm(0, ticksPerPiece, ticksPerPiece));
            arguments.addAll(output(chunk, seen, overlays, rhythm, ticksPerPiece));
            arguments.addAll(VideoSettings.of(encoder(), preset, rhythm != null));
            if (rhythm != null) {
                arguments.addAll(keyFrames(0, ticksPerPiece));
            }
            arguments.addAll(container("+frag_keyframe"));
            arguments.add("pipe:1");
            ffmpeg.handOver(scratch.folder());
            try (Child child = Child.start(ffmpeg, arguments, scratch.folder());
                    Crew.Guard guard = crew.guard(child::kill)) {
                child.input().close();
                List<Thread> feeders = feed(chunk, panes, fifos);
                try {
                    VideoSamples samples = read(child.output(), new Bounded(pictures, mostBytes(chunk)), counted);
                    child.await();
                    if (child.complained()) {
                        complained = true;
                    }
                    return whole(samples, chunk, rhythm != null);
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

    /** H.264 comes in fragments, which know its parameter sets; what a WebM holds comes in IVF, which has nothing to unpack. */
    private VideoSamples read(InputStream coded, OutputStream pictures, IntConsumer counted) throws IOException {
        Coding coding = preset.coded().coding();
        return coding == Coding.H264
                ? new FragmentReader(coded, preset.framesPerSecond(), pictures, counted).read()
                : new IvfReader(coding, coded, pictures, counted).read();
    }

    /** What is never needed: half of what the pictures would be uncompressed. */
    private long mostBytes(Chunk chunk) {
        long picture = (long) preset.canvas().width() * preset.canvas().height() * 3 / 2;
        return LEAST_BOUND + chunk.ticks().count() * picture / 2;
    }

    /** Whether FFmpeg found fault with something that it was to decode. */
    public boolean complained() {
        return complained;
    }

    /** The panes of which there is anything to be seen. */
    List<Pane> panes(Chunk chunk) {
        return chunk.panes().stream()
                .filter(pane ->
                        !pane.visible().isEmpty() && ffmpeg.decodes(pane.look().coding()))
                .toList();
    }

    /** The same panes, and which of them stand still. */
    List<Seen> seen(Chunk chunk) {
        Span span = span(chunk);
        return panes(chunk).stream()
                .map(pane -> new Seen(pane, pane.screen() && !pane.fills() ? PaneFeed.size(pane, span, media) : null))
                .toList();
    }

    private Span span(Chunk chunk) {
        long tickNanos = 1_000_000_000L / preset.framesPerSecond();
        return new Span(chunk.ticks().start() * tickNanos, chunk.ticks().end() * tickNanos);
    }

    /** Null where there must be a picture on each tick: as something moves, or in files for editors and of other codecs. */
    private @Nullable Rhythm rhythm(Chunk chunk, List<Seen> seen, Rhythm calm) {
        return preset.container() == Preset.Container.MP4 && Seen.areCalm(chunk, seen) ? calm : null;
    }

    /** Where a piece begins, of which so many ticks come before the first picture. */
    private List<String> keyFrames(long since, int ticksPerPiece) {
        return List.of(
                "-force_key_frames",
                "expr:not(mod(round(t*" + preset.framesPerSecond() + ")+" + since + "," + ticksPerPiece + "))");
    }

    /**
     * Begins to encode a chunk that others may follow, with one FFmpeg as long as they look the same. Key frames are where a
     * piece of so many ticks may begin.
     */
    public PictureRun begin(Chunk first, int ticksPerPiece) throws RenderFault, IOException, InterruptedException {
        Scratch scratch = new Scratch(scratchFolder);
        try {
            List<Seen> now = seen(first);
            Chunk endless = PictureRun.endless(first);
            List<Pane> panes = panes(endless);
            List<Seen> seen = new ArrayList<>();
            for (int i = 0; i < panes.size(); i++) {
                seen.add(new Seen(panes.get(i), now.get(i).still()));
            }
            List<Fifo> fifos = scratch.fifos(panes.size());
            List<Overlay> overlays = Overlay.of(endless, preset.canvas().names());
            List<String> arguments = inputs(endless, panes, overlays, scratch, fifos);
            long since = first.ticks().start() % ticksPerPiece;
            Rhythm rhythm = rhythm(endless, seen, new Rhythm(since, ticksPerPiece, preset.framesPerSecond()));
            arguments.addAll(output(endless, seen, overlays, rhythm, preset.framesPerSecond()));
            arguments.addAll(VideoSettings.ofOneThatGoesOn(encoder(), preset, rhythm != null));
            arguments.addAll(keyFrames(since, ticksPerPiece));
            arguments.addAll(container("+frag_every_frame"));
            arguments.addAll(List.of("-flush_packets", "1", "pipe:1"));
            ffmpeg.handOver(scratch.folder());
            Child child = Child.start(ffmpeg, arguments, scratch.folder());
            long startNanos = first.ticks().start() * (1_000_000_000L / preset.framesPerSecond());
            return new PictureRun(this, crew, child, scratch, fifos, first, now, rhythm, startNanos, preset, media);
        } catch (RenderFault | IOException | InterruptedException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    /** @param calm whether there need not be a picture on each tick */
    private static VideoSamples whole(VideoSamples samples, Chunk chunk, boolean calm) throws RenderFault {
        long ticks = chunk.ticks().count();
        if (samples.count() < 1 || samples.ticks() > ticks || !calm && samples.count() != ticks) {
            throw new RenderFault("FFmpeg made " + samples.count() + " pictures of chunk " + chunk.ticks()
                    + ", which has " + ticks + ".");
        }
        samples.lastUntil(ticks);
        return samples;
    }

    private List<Thread> feed(Chunk chunk, List<Pane> panes, List<Fifo> fifos) {
        Span span = span(chunk);
        List<Thread> feeders = new ArrayList<>();
        for (int i = 0; i < panes.size(); i++) {
            Pane pane = panes.get(i);
            Fifo fifo = fifos.get(i);
            // a platform thread: opening a pipe waits in the system
            feeders.add(crew.start("feed-" + pane.person(), () -> feed(pane, span, fifo)));
        }
        return feeders;
    }

    private void feed(Pane pane, Span span, Fifo fifo) {
        try (OutputStream pipe = fifo.open()) {
            new PaneFeed(pane, span.startNanos(), pipe, media).write(pane, span);
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

    private List<String> inputs(
            Chunk chunk, List<Pane> panes, List<Overlay> overlays, Scratch scratch, List<Fifo> fifos)
            throws IOException {
        Stills stills = new Stills(preset, title);
        List<String> arguments = new ArrayList<>(List.of("-copyts"));
        Path background = scratch.still("background.png", stills.background(chunk));
        arguments.addAll(still(background));
        for (int i = 0; i < panes.size(); i++) {
            Pane pane = panes.get(i);
            arguments.addAll(feed(fifos.get(i), pane.look().coding()));
            if (preset.canvas().names() && pane.hasRoom()) {
                arguments.addAll(still(scratch.still("upper" + i + ".png", stills.upperStrip(pane))));
                arguments.addAll(still(scratch.still("lower" + i + ".png", stills.lowerStrip(pane))));
            }
        }
        for (int i = 0; i < overlays.size(); i++) {
            arguments.addAll(still(scratch.still("over" + i + ".png", png(stills, overlays.get(i)))));
        }
        return arguments;
    }

    private static byte[] png(Stills stills, Overlay overlay) {
        return overlay.caption() == null ? stills.mutedMark(overlay.at()) : stills.caption(overlay.caption());
    }

    /**
     * A size that changes reaches the filters, which can follow it, instead of having the graph built anew. The decoder of AV1
     * has its own threads: with one a film of what it cannot decode stood still.
     */
    private static List<String> feed(Fifo fifo, Coding coding) {
        List<String> arguments = new ArrayList<>(List.of("-protocol_whitelist", "file", "-f", "ivf"));
        arguments.addAll(List.of("-probesize", "32", "-analyzeduration", "0", "-reinit_filter", "0"));
        if (coding != Coding.AV1) {
            arguments.addAll(List.of("-threads", "1"));
        }
        arguments.addAll(List.of("-i", fifo.path().getFileName().toString()));
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
                "-threads",
                "1",
                "-i",
                png.getFileName().toString());
    }

    /** @param longest for how many ticks what stands still may be waited for */
    private List<String> output(
            Chunk chunk, List<Seen> seen, List<Overlay> overlays, @Nullable Rhythm rhythm, int longest) {
        List<String> arguments = new ArrayList<>(List.of("-max_error_rate", "1"));
        arguments.addAll(List.of("-filter_complex_threads", "1", "-filter_complex"));
        arguments.add(FilterGraph.of(chunk, seen, overlays, preset, rhythm, longest));
        arguments.addAll(List.of("-map", "[" + FilterGraph.RESULT + "]", "-fps_mode", "passthrough"));
        arguments.addAll(List.of("-frames:v", String.valueOf(chunk.ticks().count())));
        arguments.addAll(List.of("-enc_time_base", "1:" + preset.framesPerSecond()));
        return arguments;
    }

    private String encoder() throws RenderFault {
        return ffmpeg.encoder(preset.coded().coding());
    }

    /** @param fragments when there is to be one */
    private List<String> container(String fragments) {
        return preset.coded().coding() == Coding.H264
                ? List.of("-f", "mp4", "-movflags", fragments + "+empty_moov+default_base_moof")
                : List.of("-f", "ivf");
    }
}
