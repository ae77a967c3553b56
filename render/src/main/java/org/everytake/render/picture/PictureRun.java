package org.everytake.render.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.everytake.render.Caption;
import org.everytake.render.Chunk;
import org.everytake.render.Crew;
import org.everytake.render.Pane;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.Span;
import org.everytake.render.Ticks;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.media.PictureSource;
import org.everytake.render.mp4.CodedPicture;
import org.everytake.render.mp4.FragmentReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One FFmpeg that goes on from chunk to chunk as long as they look the same: the same panes at the same places, each of them
 * seen all the time or never. What it made of a chunk comes out when the next one is fed, because an encoder and its filters
 * look ahead; the rest when it is finished. It has no end of its own: what it makes beyond the last chunk is thrown away.
 *
 * <p>One thread, with others of its own inside.
 */
public final class PictureRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PictureRun.class);

    /** Longer than any recording, and still a number of frames that FFmpeg takes. */
    private static final long ENDLESS = 1L << 30;

    /** An FFmpeg that is fed nothing, because nobody has a picture, must not run ahead without bound. */
    private static final int MOST_READY = 256;

    private static final long MOST_STANDSTILL_SECONDS = 180;
    /** Told from others by being this very one. */
    private static final byte[] END = new byte[0];

    /** A feed, what it wrote and was not handed on yet, and the thread that writes it into the pipe. */
    private record Lane(
            PaneFeed feed, ByteArrayOutputStream written, BlockingQueue<byte[]> toWrite, Fifo fifo, Thread thread) {}

    /** A picture of which it is not known yet how long it is shown. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, handed on once
    private record Came(byte[] bytes, boolean key, long shownAt) {}

    private final ChunkEncoder encoder;
    private final Child child;
    private final Crew.Guard guard;
    private final Scratch scratch;
    private final Chunk first;
    private final List<Seen> seen;
    private final @Nullable Rhythm rhythm;
    private final List<Lane> lanes = new ArrayList<>();
    private final BlockingQueue<CodedPicture> ready = new LinkedBlockingQueue<>(MOST_READY);
    private final Thread reading;
    private final int framesPerSecond;
    private final long tickNanos;
    private Chunk last;
    private boolean held;
    private long handedOut;
    private volatile byte @Nullable [] decoderConfiguration;

    PictureRun(
            ChunkEncoder encoder,
            Crew crew,
            Child child,
            Scratch scratch,
            List<Fifo> fifos,
            Chunk first,
            List<Seen> seen,
            @Nullable Rhythm rhythm,
            long startNanos,
            Preset preset,
            PictureSource media)
            throws IOException {
        this.encoder = encoder;
        this.child = child;
        this.scratch = scratch;
        this.first = first;
        this.seen = seen;
        this.rhythm = rhythm;
        this.last = first;
        this.framesPerSecond = preset.framesPerSecond();
        this.tickNanos = 1_000_000_000L / preset.framesPerSecond();
        this.guard = crew.guard(child::kill);
        child.input().close();
        reading = Thread.ofPlatform().daemon().name("live-pictures").start(this::read);
        for (int i = 0; i < seen.size(); i++) {
            Pane pane = seen.get(i).pane();
            var written = new ByteArrayOutputStream();
            BlockingQueue<byte[]> toWrite = new LinkedBlockingQueue<>();
            Fifo fifo = fifos.get(i);
            // a platform thread: opening a pipe waits in the system
            Thread thread = Thread.ofPlatform()
                    .daemon()
                    .name("live-feed-" + pane.person())
                    .start(() -> write(toWrite, fifo));
            lanes.add(new Lane(new PaneFeed(pane, startNanos, written, media), written, toWrite, fifo, thread));
        }
        feed(first);
    }

    /** The chunk as if nothing of it ever changed after its end. */
    static Chunk endless(Chunk chunk) {
        long forever = chunk.ticks().start() + ENDLESS;
        Ticks all = new Ticks(chunk.ticks().start(), forever);
        List<Pane> panes = chunk.panes().stream()
                .map(pane -> new Pane(
                        pane.person(),
                        pane.name(),
                        pane.at(),
                        pane.fills(),
                        pane.screen(),
                        pane.look(),
                        pane.clips(),
                        endless(pane.visible(), chunk.ticks().end(), forever),
                        endless(pane.muted(), chunk.ticks().end(), forever)))
                .toList();
        List<Caption> captions = chunk.captions().stream()
                .map(caption -> caption.ticks().equals(chunk.ticks()) ? caption.during(all) : caption)
                .toList();
        return new Chunk(all, panes, captions);
    }

    private static List<Ticks> endless(List<Ticks> ticks, long end, long forever) {
        List<Ticks> endless = new ArrayList<>(ticks);
        if (isAt(ticks, end)) {
            endless.add(new Ticks(endless.removeLast().start(), forever));
        }
        return endless;
    }

    private static boolean isAt(List<Ticks> ticks, long end) {
        return !ticks.isEmpty() && ticks.getLast().end() == end;
    }

    /**
     * Whether this can go on with a chunk: nothing has changed that its graph is made of, and every pane that is seen had
     * something new in the last chunk. One that had nothing holds back all, as FFmpeg waits for its next picture. Where it is
     * calm, no picture goes on beyond a piece, but one may go on beyond a chunk that ends elsewhere.
     */
    public boolean goesOnWith(Chunk next) {
        if (held
                || next.ticks().start() != last.ticks().end()
                || rhythm != null && last.ticks().end() % rhythm.ticksPerPiece() != 0
                || !captions(next).equals(captions(last))
                || next.panes().size() != last.panes().size()) {
            return false;
        }
        for (int i = 0; i < next.panes().size(); i++) {
            Pane before = last.panes().get(i);
            Pane after = next.panes().get(i);
            boolean same = before.person().equals(after.person())
                    && before.name().equals(after.name())
                    && before.at().equals(after.at())
                    && before.fills() == after.fills()
                    && after.muted()
                            .equals(isAt(before.muted(), last.ticks().end()) ? List.of(next.ticks()) : List.of())
                    && isSeenAtEnd(before) == !after.visible().isEmpty()
                    && (after.visible().isEmpty()
                            || before.look().equals(after.look())
                                    && after.visible().equals(List.of(next.ticks())));
            // one that was seen for a while has a lane that would run dry
            boolean over = !before.visible().isEmpty() && !isSeenAtEnd(before);
            if (!same || over) {
                return false;
            }
        }
        return sizes(seen).equals(sizes(encoder.seen(next)));
    }

    private static List<Optional<Size>> sizes(List<Seen> seen) {
        return seen.stream().map(one -> Optional.ofNullable(one.still())).toList();
    }

    private boolean isSeenAtEnd(Pane pane) {
        return isAt(pane.visible(), last.ticks().end());
    }

    /** What is written above a chunk, wherever in time it lies. */
    private static List<Caption> captions(Chunk chunk) {
        Ticks all = new Ticks(0, chunk.ticks().count());
        return chunk.captions().stream()
                .map(caption -> caption.ticks().equals(chunk.ticks()) ? caption.during(all) : caption)
                .toList();
    }

    /** Goes on with a chunk with which it can. */
    public void goOn(Chunk next) throws IOException {
        last = next;
        feed(next);
    }

    /** Whether a pane that is seen had nothing new in the last chunk, so that pictures come when it is finished only. */
    public boolean isHeld() {
        return held;
    }

    private void feed(Chunk chunk) throws IOException {
        Span span = new Span(chunk.ticks().start() * tickNanos, chunk.ticks().end() * tickNanos);
        List<Pane> panes = encoder.panes(chunk);
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            held |= lane.feed.write(panes.get(i), span) == 0;
            lane.toWrite.add(lane.written.toByteArray());
            lane.written.reset();
        }
    }

    /** The pictures that are there by now and were not handed out yet, in their order. */
    public List<CodedPicture> ready() {
        List<CodedPicture> pictures = new ArrayList<>();
        for (CodedPicture picture = ready.peek();
                picture != null
                        && handedOutUntil() + picture.ticks() <= last.ticks().end();
                picture = ready.peek()) {
            ready.remove();
            pictures.add(picture);
            handedOut += picture.ticks();
        }
        return pictures;
    }

    /** Up to which tick pictures were handed out. */
    public long handedOutUntil() {
        return first.ticks().start() + handedOut;
    }

    /** Waits until there is another picture; throws if there will be none. */
    public CodedPicture await() throws RenderFault, InterruptedException {
        for (long seconds = 0; seconds < MOST_STANDSTILL_SECONDS * 10; seconds++) {
            CodedPicture picture = ready.poll(100, TimeUnit.MILLISECONDS);
            if (picture != null) {
                handedOut += picture.ticks();
                return picture;
            }
            if (!reading.isAlive() && ready.isEmpty()) {
                child.await();
                throw new RenderFault("FFmpeg ended before its pictures were all there.");
            }
        }
        child.kill();
        throw new RenderFault("Nothing has moved for three minutes; FFmpeg seems to hang.");
    }

    /** Lets FFmpeg come to an end, and hands out all that was not. */
    public List<CodedPicture> finish() throws RenderFault, InterruptedException {
        lanes.forEach(lane -> lane.toWrite.add(END));
        List<CodedPicture> rest = ready();
        while (handedOutUntil() < last.ticks().end()) {
            CodedPicture picture = await();
            long beyond = Math.max(0, handedOutUntil() - last.ticks().end());
            rest.add(new CodedPicture(picture.bytes(), picture.key(), picture.ticks() - beyond));
            handedOut -= beyond;
        }
        return rest;
    }

    /** The AVCDecoderConfigurationRecord; known as soon as a picture was handed out. */
    public byte[] decoderConfiguration() {
        byte[] known = decoderConfiguration;
        if (known == null) {
            throw new IllegalStateException("There was no picture yet");
        }
        return known.clone();
    }

    /** How long a picture is shown is told by the one after it. */
    private void read() {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        FragmentReader[] reader = new FragmentReader[1];
        Came[] before = new Came[1];
        reader[0] = new FragmentReader(child.output(), framesPerSecond, picture, count -> {
            if (decoderConfiguration == null) {
                decoderConfiguration = reader[0].decoderConfiguration();
            }
            Came came = new Came(picture.toByteArray(), reader[0].isLastKey(), reader[0].lastShownAt());
            if (before[0] != null) {
                put(new CodedPicture(before[0].bytes, before[0].key, came.shownAt - before[0].shownAt));
            }
            before[0] = came;
            picture.reset();
        });
        try {
            reader[0].read();
        } catch (IOException ended) {
            // it was killed, or says itself what ails it
            log.trace("No more pictures from FFmpeg: {}", ended.getMessage());
        }
    }

    private void put(CodedPicture picture) {
        try {
            ready.put(picture);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody wants any more: what is read from now on is thrown away
        }
    }

    private static void write(BlockingQueue<byte[]> queue, Fifo fifo) {
        try (OutputStream pipe = fifo.open()) {
            for (byte[] next = queue.take(); next != END; next = queue.take()) {
                pipe.write(next);
                pipe.flush();
            }
        } catch (IOException closed) {
            log.trace("FFmpeg closed {}: {}", fifo.path(), closed.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends FFmpeg, whatever it is at, and clears away. */
    @Override
    public void close() throws IOException {
        child.kill();
        guard.close();
        boolean interrupted = false;
        try {
            for (Lane lane : lanes) {
                lane.toWrite.add(END);
                while (!lane.thread.join(Duration.ofMillis(20))) {
                    lane.fifo.release();
                }
            }
            reading.interrupt();
            reading.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        child.close();
        scratch.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
