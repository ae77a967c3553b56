package org.everytake.render.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.everytake.render.Clip;
import org.everytake.render.Coding;
import org.everytake.render.Pane;
import org.everytake.render.Span;
import org.everytake.render.media.Picture;
import org.everytake.render.media.PictureReader;
import org.everytake.render.media.RtpReader;
import org.everytake.render.media.TapeReader;

/**
 * The pictures of one pane for one chunk, clip after clip, each from the last key frame before it is seen. Times are
 * microseconds since {@link #LEAD_MICROS} before the chunk and always rise: pictures that only prime the decoder are
 * squeezed in before the chunk, or into the moment of a change of clips. One thread.
 */
final class PaneFeed {
    /** Where the chunk begins on the time line of the feed: room for what primes. */
    static final long LEAD_MICROS = 10_000_000;

    private static final long PRIMING_MICROS = 1_000_000;

    /** A clip and from when to when it is needed. */
    private record Part(Clip clip, long fromNanos, long toNanos) {}

    private final Coding coding;
    private final List<Part> parts;
    private final Span chunk;
    private long lastMicros = -1;

    PaneFeed(Pane pane, Span chunk) {
        this.chunk = chunk;
        this.coding = pane.look().coding();
        this.parts = parts(pane, chunk);
    }

    void write(TapeReader tape, OutputStream pipe) throws IOException {
        IvfWriter ivf = new IvfWriter(pipe, DarkFrame.codec(coding), DarkFrame.WIDTH, DarkFrame.HEIGHT);
        ivf.write(rising(Long.MIN_VALUE), DarkFrame.of(coding));
        for (Part part : parts) {
            Clip clip = part.clip;
            PictureReader pictures =
                    new PictureReader(new RtpReader(tape.records(clip.take(), clip.stream()), clip.format()));
            long keyNanos = lastKeyFrame(clip, part.fromNanos);
            boolean begun = false;
            for (Picture picture = pictures.next(); picture != null; picture = pictures.next()) {
                long nanos = clip.clock().sessionNanos(picture.timestamp());
                if (nanos >= part.toNanos) {
                    break;
                }
                begun |= picture.keyFrame() && nanos >= keyNanos;
                if (begun && clip.clock().isPlausible(picture.timestamp(), picture.arrivalNanos())) {
                    ivf.write(rising(nanos), picture.bytes());
                }
            }
        }
    }

    private long rising(long nanos) {
        long primed = chunk.startNanos() - PRIMING_MICROS * 1000;
        long micros = LEAD_MICROS + Math.floorDiv(Math.max(primed, nanos) - chunk.startNanos(), 1000);
        lastMicros = Math.max(lastMicros + 1, micros);
        return lastMicros;
    }

    private static long lastKeyFrame(Clip clip, long nanos) {
        long found = Long.MIN_VALUE;
        for (long keyFrame : clip.keyFrames()) {
            if (keyFrame <= nanos) {
                found = keyFrame;
            }
        }
        return found;
    }

    private static List<Part> parts(Pane pane, Span chunk) {
        List<Part> all = new ArrayList<>();
        for (Clip clip : pane.clips()) {
            for (Span span : Span.intersect(clip.shown(), List.of(chunk))) {
                all.add(new Part(clip, span.startNanos(), span.endNanos()));
            }
        }
        all.sort(Comparator.comparingLong(Part::fromNanos));
        List<Part> merged = new ArrayList<>();
        for (Part part : all) {
            if (!merged.isEmpty() && merged.getLast().clip == part.clip) {
                merged.set(merged.size() - 1, new Part(part.clip, merged.getLast().fromNanos, part.toNanos));
            } else {
                merged.add(part);
            }
        }
        return merged;
    }
}
