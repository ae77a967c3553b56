package org.everytake.render.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.everytake.render.Chunk;
import org.everytake.render.Crew;
import org.everytake.render.RenderFault;
import org.everytake.render.Ticks;
import org.everytake.render.mp4.CodedPicture;
import org.everytake.render.picture.Attempts;
import org.everytake.render.picture.ChunkEncoder;
import org.everytake.render.picture.PictureRun;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has chunk after chunk encoded, by one FFmpeg as long as they look the same, by another after a change. After a failure
 * each chunk that is not there yet gets an FFmpeg of its own; one that failed three times shows placeholders. One thread.
 */
final class PictureFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PictureFollower.class);

    private final ChunkEncoder encoder;
    private final int ticksPerPiece;
    private final Consumer<CodedPicture> out;
    private final ArrayDeque<Chunk> unfinished = new ArrayDeque<>();
    private final List<String> remarks = new ArrayList<>();
    private final Attempts attempts;
    private @Nullable PictureRun run;
    private byte @Nullable [] decoderConfiguration;
    private long made;

    /**
     * @param firstTick of the first chunk
     * @param out gets every picture in its order
     */
    PictureFollower(
            ChunkEncoder encoder,
            int ticksPerPiece,
            Crew crew,
            int framesPerSecond,
            long firstTick,
            Consumer<CodedPicture> out) {
        this.encoder = encoder;
        this.ticksPerPiece = ticksPerPiece;
        this.attempts = new Attempts(crew, framesPerSecond, remarks);
        this.made = firstTick;
        this.out = out;
    }

    /** Goes on with a chunk; what comes of it comes when the next ones are fed, or at the end. */
    void feed(Chunk chunk) throws RenderFault, IOException, InterruptedException {
        long due = unfinished.isEmpty() ? made : unfinished.getLast().ticks().start();
        unfinished.add(chunk);
        try {
            PictureRun going = run;
            if (going != null && going.goesOnWith(chunk)) {
                going.goOn(chunk);
                take(going, going.ready());
                // it lags behind by less than the chunk before this one, or memory would fill
                while (!going.isHeld() && going.handedOutUntil() < due) {
                    take(going, List.of(going.await()));
                }
            } else {
                finishRun();
                run = encoder.begin(chunk, ticksPerPiece);
            }
        } catch (RenderFault e) {
            repair(e);
        }
    }

    /** All that is left, when no chunk follows. */
    void finish() throws RenderFault, IOException, InterruptedException {
        try {
            finishRun();
        } catch (RenderFault e) {
            repair(e);
        }
    }

    /** The first tick of which nothing came out yet. */
    long made() {
        return made;
    }

    /** Known once a picture came out. */
    byte[] decoderConfiguration() {
        byte[] known = decoderConfiguration;
        if (known == null) {
            throw new IllegalStateException("There was no picture yet");
        }
        return known;
    }

    List<String> remarks() {
        return remarks;
    }

    private void finishRun() throws RenderFault, IOException, InterruptedException {
        PictureRun going = run;
        if (going != null) {
            take(going, going.finish());
            going.close();
            run = null;
        }
    }

    private void take(PictureRun from, List<CodedPicture> pictures) throws IOException {
        if (pictures.isEmpty()) {
            return;
        }
        byte[] configuration = from.decoderConfiguration();
        if (decoderConfiguration != null && !Arrays.equals(decoderConfiguration, configuration)) {
            throw new IOException("FFmpeg changed its parameter sets in the middle of a film.");
        }
        decoderConfiguration = configuration;
        pictures.forEach(out);
        made += pictures.stream().mapToLong(CodedPicture::ticks).sum();
        while (!unfinished.isEmpty() && unfinished.getFirst().ticks().end() <= made) {
            unfinished.remove();
        }
    }

    private void repair(RenderFault fault) throws RenderFault, IOException, InterruptedException {
        log.warn("FFmpeg failed while it followed a recording, and is started anew", fault);
        close();
        while (!unfinished.isEmpty()) {
            Chunk chunk = unfinished
                    .getFirst()
                    .within(new Ticks(made, Long.MAX_VALUE))
                    .orElseThrow();
            attempts.encode(chunk, fault, this::alone);
        }
    }

    private void alone(Chunk chunk) throws RenderFault, IOException, InterruptedException {
        try (PictureRun once = encoder.begin(chunk, ticksPerPiece)) {
            take(once, once.finish());
        }
    }

    @Override
    public void close() throws IOException {
        PictureRun going = run;
        run = null;
        if (going != null) {
            going.close();
        }
    }
}
